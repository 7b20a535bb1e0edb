/** What comes faster than it is taken; ends once it was ended and is empty. */
export class FrameQueue<T> implements AsyncIterable<T> {
  readonly #frames: T[] = [];
  #wake: () => void = () => undefined;
  #ended = false;
  #error: Error | undefined;

  get size(): number {
    return this.#frames.length;
  }

  push(frame: T): void {
    this.#frames.push(frame);
    this.#wake();
  }

  /** After what is there already. */
  end(error?: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#error = error;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      const frame = this.#frames.shift();
      if (frame !== undefined) yield frame;
      else if (this.#ended) break;
      else await this.#more();
    }
    if (this.#error) throw this.#error;
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
