import { LRUCache } from 'lru-cache';
import type { Quota } from './quota.ts';
import { type Taking, take } from './take.ts';

/** How many are remembered; who has not come for the longest time is forgotten first, and begins anew. */
const remembered = 50_000;

/** A quota for each key, in this process alone. However many keys there are, it does not grow. */
export class RateLimiter {
  readonly #quota: Quota;
  readonly #clock: { now(): number };
  readonly #wholeAt: LRUCache<string, number>;

  /** @param clock in milliseconds, of any origin, never back. */
  constructor(quota: Quota, clock: { now(): number } = performance, max: number = remembered) {
    this.#quota = quota;
    this.#clock = clock;
    this.#wholeAt = new LRUCache({ max });
  }

  take(key: string): Taking {
    const taking = take(this.#quota, this.#wholeAt.get(key), this.#clock.now());
    this.#wholeAt.set(key, taking.wholeAt);
    return taking;
  }
}
