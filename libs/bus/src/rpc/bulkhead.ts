import { NatterError } from '@natter/contracts';

/**
 * Bounds how much is in flight. There is no queue: what doesn't fit is refused at once, while it is cheap.
 */
export class Bulkhead {
  readonly #limit: number;
  #inFlight = 0;
  #idle = Promise.withResolvers<void>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Runs `task`, or throws `overloaded` without running it. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#inFlight >= this.#limit) throw new NatterError('overloaded', { retryAfter: 1 });
    if (this.#inFlight === 0) this.#idle = Promise.withResolvers();
    this.#inFlight += 1;
    try {
      return await task();
    } finally {
      this.#inFlight -= 1;
      if (this.#inFlight === 0) this.#idle.resolve();
    }
  }

  /** Resolves when nothing is in flight. */
  async idle(): Promise<void> {
    if (this.#inFlight > 0) await this.#idle.promise;
  }
}
