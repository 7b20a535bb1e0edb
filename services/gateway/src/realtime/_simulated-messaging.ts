import {
  type Entry,
  type LivePosition,
  NatterError,
  nobodysId,
  type Position,
  type SyncedConversation,
} from '@natter/contracts';
import type { RealtimeReads } from './realtime-reads.ts';

/** As in messaging: how far before its moment a position is read from. */
const margin = 10;

const conversationsAtOnce = 2;

const entriesAtOnce = 5;

/** What nobody looks at here. */
const nothingElse = {
  title: 'a',
  members: [],
  memberCount: 0,
  seq: 0,
  readSeq: 0,
  unread: 0,
  lastMessage: null,
  updated: null,
};

interface Published {
  entry: Entry;
  at: number;
}

/** What messaging knows, in memory: logs of groups, read as messaging reads them, each answer as of some moment in between. */
export class SimulatedMessaging implements RealtimeReads {
  epoch = '01941f29-7c00-7000-8000-0000000000f1';
  readonly #pause: () => Promise<void>;
  readonly #logs = new Map<string, Published[]>();
  #now = 1_000;

  /** `pause` takes a while, now longer, now shorter, or fails. */
  constructor(pause: () => Promise<void> = async () => undefined) {
    this.#pause = pause;
  }

  append(conversationId: string, happening: Pick<Entry, 'type' | 'data'>): Entry {
    const log = this.#logs.get(conversationId) ?? [];
    this.#logs.set(conversationId, log);
    this.#now += 1;
    const head = {
      conversationId,
      rev: log.length + 1,
      seq: 0,
      actor: 'a',
      actorId: nobodysId,
      at: '2026-01-01T00:00:00.000Z',
    };
    const entry = { ...head, ...happening } as Entry;
    log.push({ entry, at: this.#now });
    return entry;
  }

  found(conversationId: string, memberIds: readonly string[]): Entry {
    const members = memberIds.map((id) => ({ id, role: 'member' as const }));
    return this.append(conversationId, {
      type: 'conversation.created',
      data: { kind: 'group', title: 'a', members },
    });
  }

  send(conversationId: string, content = 'hello'): Entry {
    const data = { messageId: nobodysId, content, replyTo: null, mentions: [] };
    return this.append(conversationId, { type: 'message.sent', data });
  }

  add(conversationId: string, userId: string): Entry {
    return this.append(conversationId, { type: 'member.added', data: { userId, role: 'member' } });
  }

  remove(conversationId: string, userId: string): Entry {
    return this.append(conversationId, { type: 'member.removed', data: { userId } });
  }

  headOf(conversationId: string): number {
    return this.#logs.get(conversationId)?.length ?? 0;
  }

  get conversationIds(): string[] {
    return [...this.#logs.keys()];
  }

  isMember(conversationId: string, userId: string, rev = Number.POSITIVE_INFINITY): boolean {
    return this.#joinedAt(conversationId, userId, rev) > 0;
  }

  /** Whether the entry is for the user: they are a member by it, or were until it. */
  isFor(userId: string, { conversationId, rev }: Pick<Entry, 'conversationId' | 'rev'>): boolean {
    return this.isMember(conversationId, userId, rev) || this.isMember(conversationId, userId, rev - 1);
  }

  /** The last entry that may be for the user: of whoever is no member, the one that removed them. */
  lastFor(userId: string, conversationId: string): number {
    if (this.isMember(conversationId, userId)) return this.headOf(conversationId);
    return this.#entries(conversationId).findLast((entry) => isRemovalOf(entry, userId))?.rev ?? 0;
  }

  async heads(userId: string) {
    await this.#pause();
    const mine = this.conversationIds.filter((id) => this.isMember(id, userId));
    const heads = mine.map((conversationId) => ({ conversationId, rev: this.headOf(conversationId) }));
    const position: Position = { kind: 'changes', epoch: this.epoch, at: this.#now, revs: {} };
    await this.#pause();
    return { position, heads, hasMore: false };
  }

  async readEntries(conversationId: string, after: number) {
    await this.#pause();
    const entries = this.#entries(conversationId).slice(after, after + entriesAtOnce);
    const rev = this.headOf(conversationId);
    await this.#pause();
    return { entries, rev };
  }

  /** No further than the conversation went when the user was seen to be a member. */
  async readLog(userId: string, conversationId: string, after: number) {
    if (!this.isMember(conversationId, userId)) throw new NatterError('conversation_not_found');
    const rev = this.headOf(conversationId);
    const { entries } = await this.readEntries(conversationId, after);
    const shown = entries.filter((entry) => entry.rev <= rev);
    return { entries: shown, hasMore: (shown.at(-1)?.rev ?? after) < rev };
  }

  async sync(userId: string, position: Position) {
    await this.#pause();
    const page = this.#page(userId, position);
    await this.#pause();
    return page;
  }

  #page(userId: string, position: Position) {
    if (position.epoch !== this.epoch) return this.#snapshot();
    const { at, revs, beyond } = position as LivePosition;
    const since = at - margin;
    const began = beyond?.began ?? this.#now;
    const ids = this.conversationIds.toSorted().filter((id) => id > (beyond?.id ?? ''));
    const changed = ids.filter((id) => this.#changedAt(id) >= since);
    const here = changed.slice(0, conversationsAtOnce);
    const hasMore = changed.length > here.length;
    const conversations = here.flatMap((id) => this.#item(userId, id, { since, rev: revs[id] }) ?? []);
    const given = { ...(beyond && revs) };
    for (const { conversation, entries } of conversations as {
      conversation: { id: string; rev?: number };
      entries: Entry[];
    }[]) {
      // A member counts as told of all there is: what an item has no room for is read from the log.
      const rev = conversation.rev ?? entries.at(-1)?.rev;
      if (rev !== undefined) given[conversation.id] = rev;
    }
    for (const id of here) given[id] ??= revs[id] ?? this.#countUpTo(id, since);
    const next: LivePosition = {
      kind: 'changes',
      epoch: this.epoch,
      at: hasMore ? at : began,
      revs: given,
      ...(hasMore && { beyond: { began, changed: 0, id: here.at(-1) as string } }),
    };
    // What was not looked at yet goes on from where it was.
    if (hasMore) next.revs = { ...revs, ...given };
    return { conversations, position: next as Position, hasMore };
  }

  #item(userId: string, id: string, { since, rev }: { since: number; rev: number | undefined }) {
    const log = this.#entries(id);
    const joined = this.#joinedAt(id, userId);
    const left = joined === 0 ? log.findLast((entry) => isRemovalOf(entry, userId))?.rev : undefined;
    if (joined === 0 && left === undefined) return undefined;
    const start = rev ?? this.#countUpTo(id, since);
    const end = left ?? log.length;
    if (start >= end) return undefined;
    const group = { id, kind: 'group' as const };
    const conversation = left
      ? { ...group, left: true }
      : { ...group, ...nothingElse, rev: log.length, epoch: this.epoch };
    const entries = left ? log.slice(start, left) : log.slice(start, start + entriesAtOnce);
    const hasMore = left === undefined && start + entries.length < log.length;
    return { conversation, entries, hasMore } as unknown as SyncedConversation;
  }

  #snapshot() {
    const position: Position = { kind: 'changes', epoch: this.epoch, at: this.#now, revs: {} };
    return { conversations: [], position, hasMore: false };
  }

  #entries(id: string): Entry[] {
    return (this.#logs.get(id) ?? []).map(({ entry }) => entry);
  }

  #changedAt(id: string): number {
    return this.#logs.get(id)?.at(-1)?.at ?? 0;
  }

  #countUpTo(id: string, since: number): number {
    return (this.#logs.get(id) ?? []).filter(({ at }) => at <= since).length;
  }

  /** The rev by which the user is a member as of that one; 0 where they are none. */
  #joinedAt(id: string, userId: string, upTo = Number.POSITIVE_INFINITY): number {
    let joined = 0;
    for (const entry of this.#entries(id)) {
      if (entry.rev > upTo) break;
      if (entry.type === 'conversation.created' && entry.data.members.some((member) => member.id === userId))
        joined = entry.rev;
      if (entry.type === 'member.added' && entry.data.userId === userId) joined = entry.rev;
      if (isRemovalOf(entry, userId)) joined = 0;
    }
    return joined;
  }
}

function isRemovalOf(entry: Entry, userId: string): boolean {
  return entry.type === 'member.removed' && entry.data.userId === userId;
}
