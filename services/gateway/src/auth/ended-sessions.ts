import { setTimeout } from 'node:timers/promises';
import { type Bus, Deadline } from '@natter/bus';
import { type EndedSession, listEndedSessions, NatterError, sessionEnded } from '@natter/contracts';
import type { Logger } from '@natter/platform';
import { uuidv7 } from 'uuidv7';

/** Milliseconds between two readings of the list: while it is not known, and as insurance. */
const readEveryMs = { unknown: 250, known: 30_000 };

/** Milliseconds for one question; a request that waits for it still has time to be answered. */
const answerWithinMs = 2_000;

const atOnce = 1_000;

/** So many failures in a row are what a start or a restart looks like. */
const expectedFailures = 20;

/** Of a wait that lasts, one line a minute is enough. */
const toldFailures = 240;

/** By how much, in milliseconds, the clocks of who signs and who verifies may differ, and more. */
const clockMarginMs = 60_000;

/** What tells the time, and lets it pass. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds, or when `signal` aborts. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
}

const systemClock: Clock = {
  now: () => Date.now(),
  pause: (ms, signal) => setTimeout(ms, undefined, { signal }).catch(() => undefined),
};

/**
 * The sessions that have ended while their access tokens go on. The users service tells each at once; what was told
 * while NATS was away from here is read afterwards, and until that is done no token is judged: it may be one of those.
 */
export class EndedSessions {
  readonly #bus: Pick<Bus, 'call' | 'listen'>;
  readonly #logger: Logger;
  readonly #clock: Clock;
  /** Until when each has to be known, in milliseconds since the epoch. */
  readonly #until = new Map<string, number>();
  readonly #told: ((sessions: readonly EndedSession[]) => void)[] = [];
  #gaps = 0;
  #known = false;
  #failures = 0;
  #reading: Promise<void> = Promise.resolve();
  #gap = new AbortController();

  constructor(bus: Pick<Bus, 'call' | 'listen'>, logger: Logger, clock: Clock = systemClock) {
    this.#bus = bus;
    this.#logger = logger;
    this.#clock = clock;
  }

  /** Whether every session that has ended is known here. */
  get known(): boolean {
    return this.#known;
  }

  /** @throws {NatterError} `invalid_token` for a session that has ended, `service_unavailable` while that isn't known. */
  async refuse(sessionId: string): Promise<void> {
    if (!this.#known) await this.#reading;
    if (!this.#known) throw new NatterError('service_unavailable', { retryAfter: 1 });
    if (this.#until.has(sessionId)) throw new NatterError('invalid_token');
  }

  /** Has `tell` called with sessions that have ended, some of them again and again. It must not throw. */
  onEnded(tell: (sessions: readonly EndedSession[]) => void): void {
    this.#told.push(tell);
  }

  /** Listens and reads, until `signal` aborts. */
  async follow(signal: AbortSignal): Promise<void> {
    const listening = await this.#bus.listen(sessionEnded, {
      handle: ({ sessions }) => this.#add(sessions),
      onGap: () => this.#missedSome(),
    });
    while (!signal.aborted) {
      this.#gap = new AbortController();
      const wake = AbortSignal.any([signal, this.#gap.signal]);
      this.#reading = this.#read();
      await this.#reading;
      await this.#clock.pause(this.#known ? readEveryMs.known : readEveryMs.unknown, wake);
    }
    listening.stop();
  }

  #missedSome(): void {
    this.#known = false;
    this.#gaps += 1;
    this.#gap.abort();
  }

  /** What fails is tried again; it leaves known what was, but for what a gap has made doubtful. */
  async #read(): Promise<void> {
    const gaps = this.#gaps;
    try {
      await this.#readAll();
      if (gaps === this.#gaps) this.#known = true;
      this.#failures = 0;
    } catch (error) {
      this.#tell(error);
      this.#failures += 1;
    }
    this.#forget();
  }

  /** Whom this process waits for is no fault of its own at first: it says so, and warns when it lasts, and then rarely. */
  #tell(error: unknown): void {
    if (this.#failures !== expectedFailures && this.#failures % toldFailures !== 0) return;
    const level = this.#failures === 0 && !this.#known ? 'info' : 'warn';
    const told = error instanceof NatterError ? { code: error.code, reason: error.message } : { err: error };
    this.#logger[level](told, 'could not read which sessions ended, trying on');
  }

  async #readAll(): Promise<void> {
    let afterId: string | undefined;
    do {
      const context = { requestId: uuidv7(), deadline: Deadline.in(answerWithinMs) };
      const { sessions } = await this.#bus.call(listEndedSessions, { afterId, limit: atOnce }, context);
      this.#add(sessions);
      afterId = sessions.length === atOnce ? sessions.at(-1)?.id : undefined;
    } while (afterId !== undefined);
  }

  #add(sessions: readonly EndedSession[]): void {
    for (const { id, accessUntil } of sessions) this.#until.set(id, Date.parse(accessUntil) + clockMarginMs);
    for (const tell of this.#told) tell(sessions);
  }

  #forget(): void {
    const now = this.#clock.now();
    for (const [id, until] of this.#until) if (until < now) this.#until.delete(id);
  }
}
