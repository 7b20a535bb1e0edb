/**
 * Runs a task once at a time, and not before a pause is over since it last ended. Until then the outcome of that run
 * stands, a failure too.
 */
export class Paced {
  readonly #task: () => Promise<void>;
  readonly #pauseMs: () => number;
  readonly #now: () => number;
  #outcome: Promise<void> | undefined;
  #againAt = 0;

  constructor(task: () => Promise<void>, pauseMs: () => number, now: () => number) {
    this.#task = task;
    this.#pauseMs = pauseMs;
    this.#now = now;
  }

  run(): Promise<void> {
    if (this.#outcome && this.#now() < this.#againAt) return this.#outcome;
    this.#againAt = Number.POSITIVE_INFINITY;
    this.#outcome = this.#task().finally(() => {
      this.#againAt = this.#now() + this.#pauseMs();
    });
    return this.#outcome;
  }
}
