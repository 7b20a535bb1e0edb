import { NatterError } from '@natter/contracts';
import { take } from '../../limits/take.ts';

/** Frames that one client may send at once, and in the long run: more than a person at a keyboard, and their app, need. */
const quota = { burst: 200, perSecond: 50 };

/** Of frames that are refused for that: who sends more does not listen. */
const refusedQuota = { burst: 1_000, perSecond: 10 };

/** How many frames one client may send. */
export class FrameAllowance {
  readonly #clock: { now(): number };
  #wholeAt: number | undefined;
  #refusedWholeAt: number | undefined;
  #isSpent = false;

  constructor(clock: { now(): number }) {
    this.#clock = clock;
  }

  /** Whether the client has been refused so often that it had better be cut. */
  get isSpent(): boolean {
    return this.#isSpent;
  }

  /** @throws {NatterError} `rate_limited`. */
  take(): void {
    const now = this.#clock.now();
    const { allowed, wholeAt, nextInSeconds } = take(quota, this.#wholeAt, now);
    this.#wholeAt = wholeAt;
    if (allowed) return;
    this.#countRefused(now);
    throw new NatterError('rate_limited', { retryAfter: nextInSeconds });
  }

  #countRefused(now: number): void {
    const { allowed, wholeAt } = take(refusedQuota, this.#refusedWholeAt, now);
    this.#refusedWholeAt = wholeAt;
    if (!allowed) this.#isSpent = true;
  }
}
