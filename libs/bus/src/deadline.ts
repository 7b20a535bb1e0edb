/**
 * A point in the monotonic clock of this process by which an answer is due. Between processes only the
 * remaining milliseconds travel: wall clocks differ.
 */
export class Deadline {
  readonly #at: number;

  private constructor(at: number) {
    this.#at = at;
  }

  /** `ms` milliseconds from now. */
  static in(ms: number): Deadline {
    return new Deadline(performance.now() + ms);
  }

  /** Milliseconds left, never below 0. */
  remainingMs(): number {
    return Math.max(0, this.#at - performance.now());
  }

  get expired(): boolean {
    return this.remainingMs() === 0;
  }
}
