import { type Entry, NatterError, type Position, type SyncedConversation } from '@natter/contracts';
import type { Caller } from '../auth/authenticate.ts';
import type { SealPosition } from './cursors.ts';
import type {
  CloseReason,
  EndReason,
  EphemeralEvent,
  LiveEntry,
  Stream,
  StreamClient,
  StreamRequest,
  Transport,
} from './live-events.ts';
import { livePositionOf, Progress } from './progress.ts';
import type { RealtimeReads } from './realtime-reads.ts';

/** Entries that are kept while what came before them is read; where there are more, they are read as well. */
const mostHeld = 256;

/** Entries that a client is given at most before it is asked whether there is room for more. */
const mostAtOnce = 64;

/** How far the user's feeds have delivered, for all of their streams. */
export interface Delivered {
  /** Of one conversation. */
  revOf(conversationId: string): number;
  /** The cursor of all of it. */
  cursor(): string;
}

/** What all streams share. */
export interface StreamWorld {
  readonly seal: SealPosition;
  readonly onEntry: () => void;
  /** Comes once for each, when nothing comes after it any more. */
  readonly onEnd: (stream: OpenStream, reason: CloseReason | EndReason) => void;
}

/** One client's way to what its user is told: what it missed first, then live. */
export class OpenStream implements Stream {
  readonly caller: Caller;
  readonly transport: Transport;
  readonly #world: StreamWorld;
  readonly #client: StreamClient;
  readonly #delivered: Delivered;
  #ended = false;
  /** While it reads what it missed. */
  #catchingUp: CatchingUp | undefined;
  /** Of conversations that it has read further than the feeds have got: up to where. */
  #ahead: Map<string, number> | undefined;

  constructor(
    world: StreamWorld,
    delivered: Delivered,
    { caller, client, transport, position }: Omit<StreamRequest, 'context'>,
  ) {
    this.caller = caller;
    this.transport = transport;
    this.#world = world;
    this.#client = client;
    this.#delivered = delivered;
    if (position !== undefined) this.#catchingUp = new CatchingUp(position, caller.id);
  }

  get cursor(): string | undefined {
    return this.#catchingUp === undefined ? this.#delivered.cursor() : undefined;
  }

  /** An entry that the feeds deliver. */
  deliver(live: LiveEntry, cursor: () => string): void {
    if (this.#catchingUp !== undefined) this.#catchingUp.hold(live);
    else if (!this.#isKnown(live.entry)) this.#give(live, cursor);
  }

  tell(event: EphemeralEvent): void {
    if (!this.#ended && this.#catchingUp === undefined) this.#client.ephemeral(event);
  }

  close(reason: CloseReason): void {
    this.#end(reason);
  }

  /** Ends it for a reason of ours, which the client is told. */
  end(reason: EndReason): void {
    if (this.#end(reason)) this.#client.end(reason);
  }

  /**
   * Gives what was missed since the position that was asked for, then what was delivered meanwhile; from then on it is
   * live.
   *
   * @throws what reading threw.
   */
  async catchUp(reads: RealtimeReads): Promise<void> {
    const catchingUp = this.#catchingUp;
    if (catchingUp === undefined) return;
    const cursor = () => this.#world.seal(this.caller.id, catchingUp.progress.position);
    do {
      catchingUp.begin();
      if (!(await this.#readMissed(catchingUp, reads, cursor))) return this.#reset();
      await this.#giveHeld(catchingUp, cursor);
      // What was delivered since is read: in the turn in which nothing is held any more it is live.
    } while ((catchingUp.lostSome || catchingUp.held.length > 0) && !this.#ended);
    this.#catchingUp = undefined;
    this.#ahead = catchingUp.aheadOf(this.#delivered);
  }

  /** @returns false where the logs are not those that the position is about. */
  async #readMissed(catchingUp: CatchingUp, reads: RealtimeReads, cursor: () => string): Promise<boolean> {
    const { caller } = this;
    for (let hasMore = true; hasMore && !this.#ended; ) {
      const page = await reads.sync(caller.id, catchingUp.progress.position);
      if (page.position.epoch !== catchingUp.progress.epoch) return false;
      for (const item of page.conversations) await this.#giveMissed(item, catchingUp, reads, cursor);
      catchingUp.reached(page.position);
      hasMore = page.hasMore;
    }
    return true;
  }

  /** As much at once as a client has room for; meanwhile more may be delivered. */
  async #giveHeld(catchingUp: CatchingUp, cursor: () => string): Promise<void> {
    while (catchingUp.held.length > 0 && !catchingUp.lostSome && !this.#ended) {
      for (const live of catchingUp.held.splice(0, mostAtOnce)) {
        if (catchingUp.advance(live.entry)) this.#give(live, cursor);
      }
      if (catchingUp.held.length > 0) await this.#client.drained();
    }
  }

  async #giveMissed(
    item: SyncedConversation,
    catchingUp: CatchingUp,
    reads: RealtimeReads,
    cursor: () => string,
  ): Promise<void> {
    if (!('entries' in item)) return;
    const { caller } = this;
    const conversationId = item.conversation.id as string;
    await this.#giveAll(item.entries, catchingUp, cursor);
    try {
      for (let { hasMore } = item; hasMore && !this.#ended; ) {
        const log = await reads.readLog(caller.id, conversationId, catchingUp.revOf(conversationId));
        await this.#giveAll(log.entries, catchingUp, cursor);
        hasMore = log.hasMore;
      }
    } catch (error) {
      // Removed meanwhile: the next synchronisation says up to where.
      if (!(error instanceof NatterError) || error.code !== 'conversation_not_found') throw error;
      catchingUp.lostSome = true;
    }
  }

  async #giveAll(entries: readonly Entry[], catchingUp: CatchingUp, cursor: () => string): Promise<void> {
    for (const [index, entry] of entries.entries()) {
      if (this.#ended) return;
      if (catchingUp.advance(entry)) this.#give({ entry, json: JSON.stringify(entry) }, cursor);
      if (index % mostAtOnce === mostAtOnce - 1) await this.#client.drained();
    }
    await this.#client.drained();
  }

  #reset(): void {
    this.#catchingUp = undefined;
    if (!this.#ended) this.#client.reset(this.#delivered.cursor());
  }

  #isKnown({ conversationId, rev }: Entry): boolean {
    const ahead = this.#ahead?.get(conversationId);
    if (ahead === undefined) return false;
    if (rev >= ahead) this.#ahead?.delete(conversationId);
    return rev <= ahead;
  }

  #give(live: LiveEntry, cursor: () => string): void {
    if (this.#ended) return;
    this.#world.onEntry();
    this.#client.entry(live, cursor);
  }

  #end(reason: CloseReason | EndReason): boolean {
    if (this.#ended) return false;
    this.#ended = true;
    this.#world.onEnd(this, reason);
    return true;
  }
}

/** What a stream knows while it reads what it missed. */
class CatchingUp {
  readonly progress: Progress;
  /** Whether it has to read once more. */
  lostSome = false;
  held: LiveEntry[] = [];
  readonly #given = new Map<string, number>();
  readonly #userId: string;

  constructor(position: Position, userId: string) {
    this.#userId = userId;
    this.progress = new Progress(livePositionOf(position));
  }

  begin(): void {
    // The rest of a run that began before this stream did: what came between the two is in none of its pages.
    this.lostSome = this.progress.position.beyond !== undefined;
    this.held = [];
  }

  hold(live: LiveEntry): void {
    // What is just being read may have nothing of a conversation that the user is removed from meanwhile.
    if (this.held.length < mostHeld && !isRemovalOf(this.#userId, live.entry)) this.held.push(live);
    else this.lostSome = true;
  }

  revOf(conversationId: string): number {
    return this.#given.get(conversationId) ?? 0;
  }

  /** @returns whether the entry is new to the client. */
  advance({ conversationId, rev }: Entry): boolean {
    if (rev <= this.revOf(conversationId)) return false;
    this.#given.set(conversationId, rev);
    this.progress.advance(conversationId, rev);
    return true;
  }

  /** Where reading a log was cut short, less was given than the position of the page says. */
  reached(position: Position): void {
    const live = livePositionOf(position);
    const revs = Object.entries(live.revs).map(([id, rev]) => [id, this.#given.get(id) ?? rev]);
    this.progress.reached({ ...live, revs: Object.fromEntries(revs) }, this.#given);
  }

  aheadOf(delivered: Delivered): Map<string, number> | undefined {
    const ahead = [...this.#given].filter(([id, rev]) => rev > delivered.revOf(id));
    return ahead.length > 0 ? new Map(ahead) : undefined;
  }
}

function isRemovalOf(userId: string, { type, data }: Entry): boolean {
  return type === 'member.removed' && data.userId === userId;
}
