import { LRUCache } from 'lru-cache';

/** While somebody goes on writing the others are told again and again, but not more often than this. */
const everyMs = 3_000;

const kept = 20_000;

/** When each was last told to be writing, as far as this process told it. */
export class TypingThrottle {
  readonly #told: LRUCache<string, true>;

  /** @param clock in milliseconds, and never going back. */
  constructor(clock: { now(): number }) {
    this.#told = new LRUCache({ max: kept, ttl: everyMs, ttlResolution: 0, perf: clock });
  }

  /** Whether the others are to be told now that somebody is writing; then they count as told. */
  passes(userId: string, conversationId: string): boolean {
    const key = `${conversationId}:${userId}`;
    if (this.#told.has(key)) return false;
    this.#told.set(key, true);
    return true;
  }
}
