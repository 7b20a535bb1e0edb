import { NatterError } from '@natter/contracts';
import type { SealPosition } from './cursors.ts';
import type { Feeds } from './feeds.ts';
import type { Hearing } from './hearing.ts';
import type { RealtimeReads } from './realtime-reads.ts';
import { openUser, type Synchronising, synchronise } from './synchronise.ts';
import { UserFeed } from './user-feed.ts';
import { workOff } from './work-off.ts';

/** Milliseconds for which the feed of a user without streams stays: a client that comes back finds it open. */
const graceMs = 5_000;

/** Milliseconds, at most, until a user's feed is compared with the logs again: a push may be lost without a trace. */
const renewWithinMs = 300_000;

/** Milliseconds, at least, from one of these to the next. */
const renewAfterMs = 10_000;

/** Feeds that are compared with the logs at once, after a gap and else. */
const atOnce = { afterGap: 16, else: 4 };

export interface UserFeedsOptions {
  readonly feeds: Feeds;
  readonly hearing: Hearing;
  readonly reads: RealtimeReads;
  readonly seal: SealPosition;
  readonly clock: { now(): number };
  /** At least 0 and less than 1. */
  readonly random: () => number;
  /** Told of a feed that could not be compared with the logs, though it has to be. */
  readonly onFailure: (user: UserFeed, error: unknown) => void;
}

/** The feeds of those users who have streams here, or had a moment ago. */
export class UserFeeds {
  readonly #options: UserFeedsOptions;
  readonly #world: Synchronising;
  readonly #opening = new Map<UserFeed, Promise<void>>();
  readonly #synchronising = new Map<UserFeed, Promise<void>>();
  readonly #idleSince = new Map<UserFeed, number>();
  #renewing = false;

  constructor(options: UserFeedsOptions) {
    this.#options = options;
    const { feeds, reads, hearing } = options;
    this.#world = { feeds, reads, settled: () => hearing.settled() };
  }

  /** The user's feed, open, or removed meanwhile. @throws {NatterError} what reading threw. */
  async open(userId: string): Promise<UserFeed> {
    const { feeds } = this.#options;
    const user = feeds.user(userId) ?? this.#add(userId);
    this.#idleSince.delete(user);
    await this.#opening.get(user);
    return user;
  }

  /** A stream of it has gone, or has not come after all. */
  left(user: UserFeed): void {
    if (user.streams.length === 0) this.#idleSince.set(user, this.#options.clock.now());
  }

  remove(user: UserFeed): void {
    this.#idleSince.delete(user);
    const { feeds, hearing } = this.#options;
    if (feeds.user(user.id) !== user) return;
    feeds.removeUser(user);
    hearing.removeUser(user.id);
  }

  /** Delivers to everyone what they may have missed. */
  synchroniseAll(): Promise<void> {
    return workOff([...this.#options.feeds.users()], atOnce.afterGap, async (user) => {
      try {
        await this.#opening.get(user);
        await this.#synchronise(user);
      } catch (error) {
        this.#options.onFailure(user, error);
      }
    });
  }

  /** Pushes may be lost: all are compared with the logs again as soon as may be. */
  doubtAll(): void {
    for (const user of this.#options.feeds.users()) user.renewAt = 0;
  }

  /** Closes those that nobody came back to, and compares with the logs those whose time it is. Call it every second. */
  async tick(): Promise<void> {
    const now = this.#options.clock.now();
    for (const [user, since] of this.#idleSince) {
      if (user.streams.length > 0) this.#idleSince.delete(user);
      else if (now - since > graceMs) this.remove(user);
    }
    if (this.#renewing) return;
    this.#renewing = true;
    await this.#renew(now);
    this.#renewing = false;
  }

  #add(userId: string): UserFeed {
    const { feeds, hearing, seal } = this.#options;
    const user = new UserFeed(userId, seal);
    feeds.addUser(user);
    hearing.addUser(userId);
    this.#opening.set(user, this.#open(user));
    return user;
  }

  async #open(user: UserFeed): Promise<void> {
    try {
      await openUser(user, this.#world);
      this.#renewLater(user);
    } catch (error) {
      this.remove(user);
      throw error instanceof NatterError ? error : new NatterError('service_unavailable', { cause: error });
    } finally {
      this.#opening.delete(user);
    }
  }

  /** One after the other: each goes on from where the one before it got. */
  async #synchronise(user: UserFeed): Promise<void> {
    const before = this.#synchronising.get(user) ?? Promise.resolve();
    const synchronising = before.catch(() => undefined).then(() => synchronise(user, this.#world));
    this.#synchronising.set(user, synchronising);
    try {
      await synchronising;
    } finally {
      if (this.#synchronising.get(user) === synchronising) this.#synchronising.delete(user);
    }
  }

  /** Nothing is known to be missing: where it can't be done now, it is a little later. */
  #renew(now: number): Promise<void> {
    const due = [...this.#options.feeds.users()].filter((user) => isDue(user, now));
    return workOff(due, atOnce.else, async (user) => {
      this.#renewLater(user);
      await this.#synchronise(user).catch((error: unknown) => {
        if (!(error instanceof NatterError)) this.#options.onFailure(user, error);
        else user.renewAt = 0;
      });
    });
  }

  #renewLater(user: UserFeed): void {
    const { clock, random } = this.#options;
    const now = Math.round(clock.now());
    user.renewedAt = now;
    user.renewAt = now + Math.round(renewWithinMs * (0.5 + random() / 2));
  }
}

function isDue({ overfull, renewedAt, renewAt }: UserFeed, now: number): boolean {
  if (renewedAt === undefined || renewAt === undefined) return false;
  return now >= renewedAt + renewAfterMs && (overfull || now >= renewAt);
}
