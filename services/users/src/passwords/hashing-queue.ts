import { NatterError } from '@natter/contracts';

export interface HashingQueueOptions {
  /** How many pieces of work may run at the same time. */
  atOnce: number;
  /** How many more may wait for their turn. */
  waiting: number;
  /** For how long each of them may wait, in milliseconds. */
  waitMs: number;
}

/**
 * Lets slow work run in turn, first come first served, and refuses what would wait too long: a flood of logins
 * neither starves everything else nor piles up work that nobody waits for any more.
 */
export class HashingQueue {
  readonly #options: HashingQueueOptions;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(options: HashingQueueOptions) {
    this.#options = options;
  }

  /** @throws {NatterError} `overloaded` */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  async #enter(): Promise<void> {
    if (this.#running < this.#options.atOnce) {
      this.#running += 1;
      return;
    }
    if (this.#waiting.length >= this.#options.waiting) throw overloaded();
    const { promise: turn, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    const giveUp = setTimeout(() => {
      this.#waiting.splice(this.#waiting.indexOf(resolve), 1);
      reject(overloaded());
    }, this.#options.waitMs);
    await turn.finally(() => clearTimeout(giveUp));
  }

  /** A place that gets free goes to the next who waits, so that nobody who comes later can take it. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running -= 1;
  }
}

function overloaded(): NatterError {
  return new NatterError('overloaded', { retryAfter: 1 });
}
