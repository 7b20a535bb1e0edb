import {
  type activityPushed,
  type Entry,
  type headsReported,
  NatterError,
  type PushedBy,
} from '@natter/contracts';
import type { Logger } from '@natter/platform';
import type { EndedSessions } from '../auth/ended-sessions.ts';
import { isForMember } from './activity-audience.ts';
import { beforeDeadline } from './before-deadline.ts';
import type { Cursors, SealPosition } from './cursors.ts';
import { Feeds } from './feeds.ts';
import { HeadWatch } from './head-watch.ts';
import type { Hearing } from './hearing.ts';
import type {
  CloseReason,
  EndReason,
  EphemeralEvent,
  EphemeralEvents,
  LiveEvents,
  Stream,
  StreamRequest,
} from './live-events.ts';
import { OpenStream, type StreamWorld } from './open-stream.ts';
import type { RealtimeReads } from './realtime-reads.ts';
import type { StreamMetrics } from './stream-metrics.ts';
import { StreamOwners } from './stream-owners.ts';
import { AnotherEpochError, joinConversation } from './synchronise.ts';
import type { UserFeed } from './user-feed.ts';
import { UserFeeds } from './user-feeds.ts';

/** Milliseconds for which sessions may end unheard of: the users service lists longer than that what ended. */
const unheardMs = 300_000;

export interface LiveFeedsOptions {
  readonly reads: RealtimeReads;
  readonly hearing: Hearing;
  readonly cursors: Pick<Cursors, 'ready' | 'seal'>;
  readonly endedSessions: Pick<EndedSessions, 'known' | 'refuse'>;
  /** Of one user, here. */
  readonly maxStreams: number;
  readonly metrics: StreamMetrics;
  readonly logger: Logger;
  readonly clock?: { now(): number };
  readonly random?: () => number;
}

/** Live events by pushes, which are hints, and by the logs, which are the truth. */
export class LiveFeeds implements LiveEvents, EphemeralEvents {
  readonly #options: LiveFeedsOptions;
  readonly #clock: { now(): number };
  readonly #feeds: Feeds;
  readonly #users: UserFeeds;
  readonly #streams: StreamWorld;
  readonly #watch: HeadWatch;
  readonly #owners = new StreamOwners();
  /** When it was last certain that no session ends unheard of. */
  #heardAt: number;
  #stopped = false;

  constructor(options: LiveFeedsOptions) {
    const { reads, hearing, metrics, cursors, clock = performance, random = Math.random } = options;
    const seal: SealPosition = (userId, position) => cursors.seal(userId, position);
    this.#options = options;
    this.#streams = {
      seal,
      onEntry: metrics.delivered,
      onEnd: (stream, reason) => this.#ended(stream, reason),
    };
    this.#clock = clock;
    this.#heardAt = clock.now();
    this.#feeds = new Feeds({
      readOn: (conversationId, after) => {
        metrics.gapFilled();
        return reads.readEntries(conversationId, after);
      },
      onCame: (conversationId) => hearing.addConversation(conversationId),
      onWent: (conversationId) => hearing.removeConversation(conversationId),
      onLost: (user, error) => this.#lose(user, error),
    });
    const onFailure = (user: UserFeed, error: unknown) => this.#lose(user, error);
    this.#users = new UserFeeds({ feeds: this.#feeds, hearing, reads, seal, clock, random, onFailure });
    this.#watch = new HeadWatch({
      feeds: this.#feeds,
      onJoined: (userId, conversation) => this.joined({ userIds: [userId], ...conversation }),
      onDoubt: () => this.#users.doubtAll(),
      clock,
    });
  }

  open(request: StreamRequest): Promise<Stream> {
    return this.#owners.opening(request.caller, async (stillGood) => {
      this.#refuseStopped();
      await this.#options.cursors.ready(request.context);
      const opening = this.#users.open(request.caller.id);
      // Whoever asks again finds it open, or further on.
      const user = await beforeDeadline(request.context.deadline, opening, (late) => this.#users.left(late));
      try {
        this.#refuseStopped();
        stillGood();
        // Removed meanwhile, it would be told of nothing any more.
        if (this.#feeds.user(user.id) !== user)
          throw new NatterError('service_unavailable', { retryAfter: 1 });
        return await this.#openStream(user, request);
      } finally {
        this.#users.left(user);
      }
    });
  }

  /** A push of an entry. */
  offer(entry: Entry): void {
    this.#feeds.offer(entry);
  }

  /** A push to users, of whom some may be here: they are in a conversation since its entry at `rev`. */
  joined({
    userIds,
    ...conversation
  }: {
    userIds: readonly string[];
    conversationId: string;
    rev: number;
  }): void {
    const world = { feeds: this.#feeds, settled: () => this.#options.hearing.settled() };
    for (const userId of userIds) {
      const user = this.#feeds.user(userId);
      if (user === undefined) continue;
      // Where NATS went away under it, what is read after the gap has it.
      joinConversation(user, conversation, world).catch((error: unknown) => this.#lose(user, error));
    }
  }

  /** A report of what was pushed. */
  reported(report: PushedBy<typeof headsReported>): void {
    this.#watch.hear(report);
  }

  /** A push of what a member does that no log keeps. Whoever was removed before that is to hear nothing of it. */
  async passed(pushed: PushedBy<typeof activityPushed>): Promise<void> {
    const { type, data } = pushed.activity;
    const event = { type, json: JSON.stringify(data) };
    await this.#feeds.reach(data.conversationId, pushed.rev);
    this.tellConversation(data.conversationId, event, (userId) => isForMember(pushed, userId));
  }

  tellConversation(
    conversationId: string,
    event: EphemeralEvent,
    isFor: (userId: string) => boolean = () => true,
  ): void {
    for (const user of this.#feeds.usersOf(conversationId)) if (isFor(user.id)) user.tell(event);
  }

  tellUser(userId: string, event: EphemeralEvent): void {
    this.#feeds.user(userId)?.tell(event);
  }

  sessionsEnded(sessionIds: readonly string[]): void {
    for (const sessionId of sessionIds) this.#owners.endSession(sessionId);
  }

  /** The user's password may be another one, or their account be closed. */
  credentialsChanged(userId: string): void {
    this.#owners.endPasswords('session_ended', userId);
  }

  /** NATS was away and is back. */
  missedSome(): void {
    // What a password opened may be closed to it by now, and nobody keeps a list of these.
    this.#owners.endPasswords('unavailable');
    this.#watch.forget();
    void this.#users.synchroniseAll();
  }

  /** Call it every second. */
  tick(): void {
    const now = this.#clock.now();
    const { hearing, endedSessions } = this.#options;
    if (now - this.#heardAt > unheardMs) this.#endAll('unavailable');
    if (hearing.connected && endedSessions.known) this.#heardAt = now;
    if (hearing.connected) this.#watch.tick();
    void this.#users.tick();
  }

  /** Has every client go elsewhere; no streams are opened from now on. */
  stop(): void {
    this.#stopped = true;
    this.#endAll('restarting');
  }

  async #openStream(user: UserFeed, request: StreamRequest): Promise<Stream> {
    if (user.streams.length >= this.#options.maxStreams)
      throw new NatterError('rate_limited', { retryAfter: 30 });
    const stream = this.#add(user, request);
    await this.#mindSession(stream);
    void this.#catchUp(stream);
    return stream;
  }

  #add(user: UserFeed, request: StreamRequest): OpenStream {
    const stream = new OpenStream(this.#streams, user, request);
    user.add(stream);
    this.#owners.add(user, stream);
    this.#options.metrics.opened(request.transport);
    return stream;
  }

  #ended(stream: OpenStream, reason: CloseReason | EndReason): void {
    this.#options.metrics.ended(stream.transport, reason);
    // As long as they have streams, their feed stays.
    const user = this.#feeds.user(stream.caller.id);
    if (user === undefined) return;
    user.remove(stream);
    this.#owners.remove(user, stream);
    this.#users.left(user);
  }

  /** From now on it is heard of when the session ends: it may have ended before. */
  async #mindSession(stream: OpenStream): Promise<void> {
    const { sessionId } = stream.caller;
    if (sessionId === undefined) return;
    try {
      await this.#options.endedSessions.refuse(sessionId);
    } catch (error) {
      stream.close('closed');
      throw error;
    }
  }

  async #catchUp(stream: OpenStream): Promise<void> {
    try {
      await stream.catchUp(this.#options.reads);
    } catch (error) {
      this.#options.logger.warn({ err: error }, 'could not read what a client missed');
      stream.end('unavailable');
    }
  }

  #refuseStopped(): void {
    if (this.#stopped) throw new NatterError('service_unavailable', { retryAfter: 1 });
  }

  /** What a user missed is not to be had in time: their clients resume, here or elsewhere. */
  #lose(user: UserFeed, error: unknown): void {
    this.#options.logger.warn({ err: error }, 'could not read what a user missed');
    if (error instanceof AnotherEpochError) this.#endAll('unavailable');
    for (const stream of user.streams) stream.end('unavailable');
    this.#users.remove(user);
  }

  #endAll(reason: EndReason): void {
    for (const user of this.#feeds.users()) {
      for (const stream of user.streams) stream.end(reason);
      this.#users.remove(user);
    }
  }
}
