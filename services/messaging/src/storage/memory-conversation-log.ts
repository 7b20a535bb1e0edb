import type { Publication } from '../domain/changes.ts';
import type { ConversationLog } from '../domain/conversation-log.ts';
import { type Entry, type EntryOf, isMessageChange, type MessageChange } from '../domain/entry.ts';

/** The log in memory, for tests: the same obligations, but for outliving the process. */
export class MemoryConversationLog implements ConversationLog {
  #entries: Entry[] = [];
  readonly #marked = new Set<string>();
  readonly #published = new Map<string, number>();

  async append(entries: readonly Entry[]): Promise<number> {
    let count = 0;
    for (const entry of entries) {
      if (this.#entries.some((other) => clash(entry, other))) break;
      this.#entries.push(entry);
      this.#marked.add(entry.id);
      count += 1;
    }
    return count;
  }

  async readAfter(conversationId: string, afterRev: number, limit: number): Promise<Entry[]> {
    return this.#of(conversationId)
      .filter((entry) => entry.rev > afterRev && entry.rev <= afterRev + limit)
      .slice(0, limit);
  }

  async readChanges(conversationId: string, seq: number, afterRev: number): Promise<MessageChange[]> {
    return this.#of(conversationId)
      .filter(isMessageChange)
      .filter((entry) => entry.data.seq === seq && entry.rev > afterRev);
  }

  /** The messages of all conversations, as they were sent. */
  sent(): EntryOf<'message.sent'>[] {
    return this.#entries.filter((entry) => entry.type === 'message.sent');
  }

  async findByKey(
    conversationId: string,
    actorId: string,
    clientMessageId: string,
  ): Promise<Entry | undefined> {
    return this.#of(conversationId).find(
      (entry) => entry.actorId === actorId && entry.key?.clientMessageId === clientMessageId,
    );
  }

  async readMarked(limit: number): Promise<Entry[]> {
    return this.#entries.filter((entry) => this.#marked.has(entry.id)).slice(0, limit);
  }

  async countMarked(limit: number): Promise<number> {
    return Math.min(this.#marked.size, limit);
  }

  async unmark(entries: readonly Entry[]): Promise<void> {
    for (const { id } of entries) {
      this.#marked.delete(id);
      this.#published.set(id, Date.now());
    }
  }

  async redact(conversationId: string, seq: number): Promise<void> {
    this.#entries = this.#entries.map((entry) =>
      entry.conversationId === conversationId ? redacted(entry, seq) : entry,
    );
  }

  publications(conversationId: string, revs: readonly number[]): Publication[] {
    return this.#of(conversationId)
      .filter(({ rev }) => revs.includes(rev))
      .map(({ id, rev }) => ({
        rev,
        published: this.#marked.has(id) ? Number.POSITIVE_INFINITY : (this.#published.get(id) ?? 0),
      }));
  }

  #of(conversationId: string): Entry[] {
    return this.#entries
      .filter((entry) => entry.conversationId === conversationId)
      .toSorted((one, other) => one.rev - other.rev);
  }
}

function clash(one: Entry, other: Entry): boolean {
  if (one.id === other.id) return true;
  if (one.conversationId !== other.conversationId) return false;
  if (one.rev === other.rev) return true;
  if (one.type === 'message.sent' && other.type === 'message.sent' && one.seq === other.seq) return true;
  return (
    one.key !== undefined &&
    one.actorId === other.actorId &&
    one.key.clientMessageId === other.key?.clientMessageId
  );
}

function redacted(entry: Entry, seq: number): Entry {
  if (entry.type === 'message.sent' && entry.seq === seq)
    return { ...entry, data: { ...entry.data, content: '' } };
  if (entry.type === 'message.edited' && entry.data.seq === seq)
    return { ...entry, data: { ...entry.data, content: '' } };
  return entry;
}
