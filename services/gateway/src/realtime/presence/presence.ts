import { type Bus, type CallContext, Deadline, type WatchedKeyValue, type Watching } from '@natter/bus';
import {
  findAcquaintances,
  type lastSeen,
  NatterError,
  type Presence as PresenceDto,
  type PresentStatus,
  type ValueOf,
} from '@natter/contracts';
import type { Caller } from '../../auth/authenticate.ts';
import type { ConnectionLeases } from './connection-leases.ts';
import {
  type ConnectionWord,
  type PresenceBoard,
  type PresenceChange,
  type PresenceClock,
  userIdOf,
} from './presence-board.ts';
import type { Newcomer, PresenceNews } from './presence-news.ts';

/** Milliseconds from one time to the next after which it may be this process that was away. */
const lateMs = 5_000;

/** Milliseconds for keeping when somebody was there last, for which nobody waits. */
const keptWithinMs = 4_000;

export interface PresenceOptions {
  bus: Pick<Bus, 'call' | 'connected'>;
  values: Pick<WatchedKeyValue<ConnectionWord>, 'update' | 'watch'>;
  seen: Pick<WatchedKeyValue<ValueOf<typeof lastSeen>>, 'get' | 'put' | 'update'>;
  leases: ConnectionLeases;
  board: PresenceBoard;
  news: Pick<PresenceNews, 'greet' | 'tell'>;
  clock: PresenceClock;
  onFailure: (error: unknown) => void;
}

/** Who is there: by the connections of this gateway, of which it tells the others, and by what they tell. */
export class Presence {
  readonly #options: PresenceOptions;
  readonly #watching: Watching;
  /** Until all is read that was there before, nothing is news. */
  #read = false;
  readonly #leaving = new Set<Promise<void>>();
  #deaf = false;
  #newcomers: (Newcomer & { key: string })[] = [];
  #toldAt: number;

  constructor(options: PresenceOptions) {
    const { values, board, leases } = options;
    this.#options = options;
    this.#toldAt = options.clock.now();
    this.#watching = values.watch((key, word) => {
      board.hear(key, word);
      leases.hear(key, word);
    });
    void this.#watching.read.then(() => {
      board.settle();
      this.#read = true;
    });
  }

  /**
   * A client is connected, and is told who is there.
   *
   * @returns what is to be called, once or more often, when it is no more.
   */
  connected(caller: Caller, tell: Newcomer['tell']): () => void {
    const key = this.#options.leases.open(caller);
    this.#newcomers.push({ userId: caller.id, tell, key });
    return () => this.#leave(key, caller.id);
  }

  /** Sets the status of those connections that were opened with the same session, or with a password as this one. */
  async setStatus({ id, sessionId }: Caller, status: PresentStatus, deadline: Deadline): Promise<void> {
    const keys = this.#options.board.connectionsOf(id, sessionId);
    await Promise.all(keys.map((key) => this.#setStatus(key, status, deadline)));
  }

  /** As the viewer may see it: of whom that is nothing, as of somebody who never was there. */
  async of(
    viewer: Caller,
    { id, username }: Pick<Caller, 'id' | 'username'>,
    context: CallContext,
  ): Promise<PresenceDto> {
    const { bus, seen, board } = this.#options;
    const request = { userId: viewer.id, among: [id], exceptApart: true as const };
    // Both, whoever it is: else the time that it takes would tell whether there is something to see.
    const [{ ids }, last] = await Promise.all([
      bus.call(findAcquaintances, request, context),
      seen.get(id, context.deadline),
    ]);
    const absent = { userId: id, username, status: 'offline' as const, lastSeen: null };
    if (viewer.id !== id && !ids.includes(id)) return absent;
    return board.find(id) ?? { ...absent, lastSeen: last?.at ?? null };
  }

  /** Says again of this gateway's connections that they are there. Call it every second. */
  renew(): void {
    if (this.#options.bus.connected) this.#options.leases.renew();
  }

  /** Tells of what has changed since the last time. Call it a second after it was done. */
  async tell(): Promise<void> {
    const { bus, board, leases, news } = this.#options;
    if (!bus.connected || !this.#read) {
      this.#deaf = true;
      return;
    }
    this.#hearAgain();
    const changes = board.settle();
    const newcomers = this.#newcomers.splice(0).filter(({ key }) => leases.has(key));
    await Promise.all(changes.filter(({ ranOut }) => ranOut).map((change) => this.#keepLastSeen(change)));
    await news.tell(changes.map(({ presence }) => presence));
    await news.greet(newcomers);
  }

  /** Resolves when it is said of every connection of this gateway that it is no more. */
  async stop(): Promise<void> {
    for (const key of this.#options.leases.keys) this.#leave(key, userIdOf(key));
    await Promise.all(this.#leaving);
    this.#watching.stop();
  }

  /** That nothing was heard for a while, for whatever reason of one's own, is no reason to take others for gone. */
  #hearAgain(): void {
    const { board, clock } = this.#options;
    const now = clock.now();
    if (this.#deaf || now - this.#toldAt > lateMs) board.prolong();
    this.#deaf = false;
    this.#toldAt = now;
  }

  #leave(key: string, userId: string): void {
    if (!this.#options.leases.has(key)) return;
    const leaving = this.#sayGone(key, userId).finally(() => this.#leaving.delete(leaving));
    this.#leaving.add(leaving);
  }

  async #sayGone(key: string, userId: string): Promise<void> {
    const { leases, seen, clock, onFailure } = this.#options;
    const at = clock.date().toISOString();
    await leases.close(key);
    if (!leases.isHere(userId)) await seen.put(userId, { at }).catch(onFailure);
  }

  /** Of whom a gateway was there that died, all others say it. */
  async #keepLastSeen({ presence: { userId, lastSeen: at } }: PresenceChange): Promise<void> {
    const { seen, onFailure } = this.#options;
    if (at === null) return;
    const later = (known: { at: string } | undefined) =>
      known !== undefined && known.at > at ? known : { at };
    await seen.update(userId, later, Deadline.in(keptWithinMs)).catch(onFailure);
  }

  async #setStatus(key: string, status: PresentStatus, deadline: Deadline): Promise<void> {
    const gone = new NatterError('not_found');
    try {
      const change = (word: ConnectionWord | undefined) => {
        if (word === undefined) throw gone;
        return { ...word, status, changes: word.changes + 1 };
      };
      await this.#options.values.update(key, change, deadline);
    } catch (error) {
      if (error !== gone) throw error;
    }
  }
}
