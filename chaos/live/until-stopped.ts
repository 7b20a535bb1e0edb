import { setTimeout as sleep } from 'node:timers/promises';

/** Does something again and again, each time when the last is done, until it is told to stop. */
export class UntilStopped {
  readonly #step: () => Promise<void>;
  /** Milliseconds before the next. */
  readonly #pauseMs: () => number;
  readonly #ended: Promise<void>;
  #stopping = false;

  constructor(step: () => Promise<void>, pauseMs: () => number) {
    this.#step = step;
    this.#pauseMs = pauseMs;
    this.#ended = this.#run();
    // Told by whoever stops it.
    this.#ended.catch(() => undefined);
  }

  /** Resolves when what it began is done. @throws what that threw, or one before. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#ended;
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      await this.#step();
      await sleep(this.#pauseMs());
    }
  }
}
