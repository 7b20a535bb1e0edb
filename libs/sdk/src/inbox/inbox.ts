import type { ConversationWithMessages, Entry } from '../contract-types.ts';
import type { LiveEvent } from '../live/live-event.ts';
import type { NatterClient } from '../natter-client.ts';
import { hasCode } from '../natter-client-error.ts';
import { type FoldedConversation, KeptConversation } from './kept-conversation.ts';
import type { FoldedMessage } from './message-fold.ts';

/**
 * The user's conversations and their newest messages as the REST API shows them, made of what a connection tells. Wait for
 * each event to be applied before the next. What has no entry is as it was when it was last read or told of: names of
 * users, and how far the others have read without writing.
 */
export class Inbox {
  readonly #client: NatterClient;
  readonly #userId: string;
  readonly #kept = new Map<string, KeptConversation>();

  /** @param userId whose it is. */
  constructor(client: NatterClient, userId: string) {
    this.#client = client;
    this.#userId = userId;
  }

  /** The latest activity first. */
  get conversations(): FoldedConversation[] {
    const all = [...this.#kept.values()].map(({ conversation }) => conversation);
    return all.toSorted((one, other) => (activityOf(one) < activityOf(other) ? 1 : -1));
  }

  /** Oldest to newest, from the oldest that was read. */
  messagesOf(conversationId: string): FoldedMessage[] {
    return this.#kept.get(conversationId)?.messages ?? [];
  }

  /** Reads a page of older messages. @returns whether there are more before them. */
  async readBefore(conversationId: string, limit?: number): Promise<boolean> {
    const kept = this.#kept.get(conversationId);
    const before = kept?.messages[0]?.seq;
    if (kept === undefined || before === undefined) return false;
    const page = await this.#client.messages.list(conversationId, { before, limit }, { repeat: true });
    kept.add(page);
    return page.page.hasBefore;
  }

  async apply(event: LiveEvent): Promise<void> {
    if (event.type === 'reset') this.#kept.clear();
    else if (event.type === 'snapshot') this.#keep(event);
    else if (event.type === 'conversation') this.#kept.get(event.conversation.id)?.update(event.conversation);
    else if (event.type === 'receipt')
      this.#kept.get(event.data.conversationId)?.mark(event.data.userId, event.data.readSeq);
    else if (event.type === 'entry') await this.#applyEntry(event.entry);
  }

  #keep({ conversation, messages }: Extract<LiveEvent, { type: 'snapshot' }>): void {
    this.#kept.set(conversation.id, new KeptConversation(conversation, messages, this.#userId));
  }

  async #applyEntry(entry: Entry): Promise<void> {
    const { conversationId } = entry;
    const kept = this.#kept.get(conversationId);
    if (kept !== undefined && entry.rev <= kept.rev) return;
    kept?.apply(entry);
    if (kept !== undefined && !entry.type.startsWith('member.')) return;
    // Entries have no names of members; and of a conversation that was joined the rest is to be read.
    const read = await this.#read(conversationId);
    if (read === undefined) return void this.#kept.delete(conversationId);
    const { messages, ...conversation } = read;
    if (kept) kept.update(conversation);
    else this.#keep({ type: 'snapshot', conversation, messages });
  }

  /** Undefined for whoever is a member no more. */
  async #read(id: string): Promise<(ConversationWithMessages & { id: string }) | undefined> {
    try {
      return { ...(await this.#client.conversations.get(id, {}, { repeat: true })), id };
    } catch (error) {
      if (hasCode(error, 'conversation_not_found')) return undefined;
      throw error;
    }
  }
}

/** Before there is a message, a conversation is as new as it was made. */
function activityOf({ lastMessage, updated }: FoldedConversation): string {
  return lastMessage?.sent ?? updated ?? '';
}
