import { type Entry, NatterError, type SyncedConversation } from '@natter/contracts';
import type { Caller } from '../auth/authenticate.ts';
import { CatchingUp, type Delivered } from './catching-up.ts';
import type { SealPosition } from './cursors.ts';
import { GivenAtOnce } from './given-at-once.ts';
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
import type { RealtimeReads } from './realtime-reads.ts';

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
    } while ((catchingUp.lostSome || catchingUp.holdsSome) && !this.#ended);
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
    while (catchingUp.holdsSome && !catchingUp.lostSome && !this.#ended) {
      for (const live of catchingUp.takeSome()) {
        if (catchingUp.advance(live.entry)) this.#give(live, cursor);
      }
      if (catchingUp.holdsSome) await this.#client.drained();
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
    let given = new GivenAtOnce();
    for (const entry of entries) {
      if (this.#ended) return;
      const live = { entry, json: JSON.stringify(entry) };
      if (catchingUp.advance(entry)) this.#give(live, cursor);
      if (!given.add(live)) continue;
      await this.#client.drained();
      given = new GivenAtOnce();
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
