interface Waiting<T, R> {
  item: T;
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
}

/**
 * Gathers items while the batch before them is being worked on (group commit). There is no timer: a lone item
 * waits for nobody, and the more there are, the larger the batches grow, up to `maxItems`.
 */
export class Batcher<T, R> {
  readonly #work: (items: readonly T[]) => Promise<readonly R[]>;
  readonly #maxItems: number;
  readonly #waiting: Waiting<T, R>[] = [];
  #running: Promise<void> | undefined;

  /** `work` gives a result for each item, in their order; when it throws, every item of the batch fails with that. */
  constructor(work: (items: readonly T[]) => Promise<readonly R[]>, maxItems: number) {
    this.#work = work;
    this.#maxItems = maxItems;
  }

  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves once nothing waits and nothing is being worked on. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) await this.#runBatch(this.#waiting.splice(0, this.#maxItems));
    this.#running = undefined;
  }

  async #runBatch(batch: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const results = await this.#work(batch.map(({ item }) => item));
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as R);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
