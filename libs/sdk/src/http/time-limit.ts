/** Aborts when the outer signal does, or when nothing was heard for so long. */
export class TimeLimit {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal | undefined;
  readonly #ms: number;
  readonly #follow = () => this.end(this.#outer?.reason);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ms: number, outer: AbortSignal | undefined) {
    this.#ms = ms;
    this.#outer = outer;
    this.extend();
    if (outer?.aborted) this.#follow();
    else outer?.addEventListener('abort', this.#follow, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something was heard: the time begins anew. */
  extend(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end(new Error('Nothing was heard')), this.#ms);
  }

  /** Aborts now. */
  end(reason?: unknown): void {
    this.stop();
    this.#controller.abort(reason);
  }

  /** Never aborts any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener('abort', this.#follow);
  }
}
