import type { Conversation, Entry, LogPage, SyncedConversation } from '../contract-types.ts';
import type { UserApi } from '../http/api.ts';
import { path } from '../http/path.ts';
import { hasCode } from '../natter-client-error.ts';
import { EntryOrder } from './entry-order.ts';
import type { EphemeralEvent, LiveEvent, LivePosition } from './live-event.ts';
import type { StreamEvent } from './live-stream.ts';

/** Entries of one conversation at a time. */
const pageLimit = 200;

const ephemeral: readonly string[] = ['presence', 'receipt', 'typing'] satisfies EphemeralEvent['type'][];

/** A page of what changed since a cursor. */
interface SyncPage {
  cursor: string;
  conversations: SyncedConversation[];
  /** Whether there is more behind this cursor already. */
  hasMore: boolean;
}

type SnapshotConversation = Extract<SyncedConversation, { messages: object }>;

type ChangedConversation = Exclude<SyncedConversation, { messages: object }>;

type Begun = Conversation & { id: string };

/** Revs and seqs that came before may name other things now. */
class ResetError extends Error {}

/** How far the user has been told, and what to tell them next, whatever it is that it came by. */
export class Follower {
  readonly #user: UserApi;
  readonly #signal: AbortSignal;
  readonly #order: EntryOrder;
  #cursor: string | undefined;
  #beginning: boolean;
  #epoch: string | undefined;

  constructor(user: UserApi, signal: AbortSignal, position?: LivePosition) {
    this.#user = user;
    this.#signal = signal;
    this.#cursor = position?.cursor;
    this.#beginning = position?.beginning ?? true;
    this.#epoch = position?.epoch;
    this.#order = new EntryOrder((id, after) => this.#readLog(id, after), position?.revs);
  }

  get position(): LivePosition | undefined {
    if (this.#cursor === undefined) return undefined;
    const { revs } = this.#order;
    return { cursor: this.#cursor, beginning: this.#beginning, epoch: this.#epoch, revs };
  }

  /** Whether an error says that nothing of what was told holds any more. */
  isReset(error: unknown): boolean {
    // Who doesn't know the cursor isn't the server that gave it.
    return error instanceof ResetError || (this.#cursor !== undefined && hasCode(error, 'cursor_invalid'));
  }

  *startAnew(): Generator<LiveEvent> {
    this.#cursor = undefined;
    this.#beginning = true;
    this.#epoch = undefined;
    this.#order.forget();
    yield { type: 'reset' };
  }

  /** All that happened since the position; snapshots where there is none. */
  async *catchUp(): AsyncGenerator<LiveEvent> {
    for (let more = true; more; ) {
      const query = { after: this.#cursor, limit: this.#cursor && pageLimit };
      const page = await this.#ask<SyncPage>('/sync', query);
      for (const synced of page.conversations) yield* this.#synced(synced);
      this.#cursor = page.cursor;
      this.#beginning &&= page.hasMore;
      more = page.hasMore;
    }
  }

  /** What came over a connection that began at the position. */
  async *take({ type, id, data }: StreamEvent): AsyncGenerator<LiveEvent> {
    if (type === 'reset') throw new ResetError();
    if (ephemeral.includes(type)) yield { type, data } as EphemeralEvent;
    // Types of entries alone have a dot; what else there may be one day is for clients that know it.
    else if (type.includes('.')) yield* this.#entry(data as Entry);
    this.#cursor = id ?? this.#cursor;
  }

  async *#synced(synced: SyncedConversation): AsyncGenerator<LiveEvent> {
    if ('messages' in synced) yield* this.#snapshot(synced);
    else yield* this.#changes(synced);
  }

  async *#changes({ conversation, entries, hasMore }: ChangedConversation): AsyncGenerator<LiveEvent> {
    if (!('left' in conversation)) this.#expectEpoch(conversation.epoch);
    for (const entry of entries) yield* this.#entry(entry);
    if ('left' in conversation) return;
    const begun = conversation as Begun;
    if (hasMore) for await (const entry of this.#order.rest(begun.id)) yield { type: 'entry', entry };
    yield { type: 'conversation', conversation: begun };
  }

  *#snapshot({ conversation, messages }: SnapshotConversation): Generator<LiveEvent> {
    if (!this.#beginning) throw new ResetError();
    this.#expectEpoch(conversation.epoch);
    const begun = conversation as Begun;
    // It may come twice where it changed between two pages.
    if (begun.rev <= (this.#order.revOf(begun.id) ?? 0)) return;
    this.#order.begin(begun.id, begun.rev);
    yield { type: 'snapshot', conversation: begun, messages };
  }

  async *#entry(entry: Entry): AsyncGenerator<LiveEvent> {
    for await (const next of this.#order.upTo(entry)) yield { type: 'entry', entry: next };
  }

  async #readLog(conversation: string, after: number): Promise<LogPage> {
    const query = { after, limit: pageLimit };
    const page = await this.#ask<LogPage>(path`/conversations/${conversation}/log`, query);
    this.#expectEpoch(page.page.epoch);
    return page;
  }

  #expectEpoch(epoch: string): void {
    this.#epoch ??= epoch;
    if (epoch !== this.#epoch) throw new ResetError();
  }

  #ask<T>(route: string, query: object): Promise<T> {
    return this.#user.ask<T>({ method: 'GET', path: route, query }, { signal: this.#signal });
  }
}
