import { AsyncResource } from 'node:async_hooks';

interface Waiting<T, R> {
  item: T;
  /** The asynchronous context of whoever gave the item. */
  origin: AsyncResource;
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
}

/**
 * Gathers items while the batch before them is being worked on (group commit). There is no timer: a lone item
 * waits for nobody, and the more there are, the larger the batches grow, up to `maxItems`. A batch is worked on in the
 * asynchronous context of its first item, so that it shows in one of the traces that it serves, and never in one that is
 * over.
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
      this.#waiting.push({ item, origin: new AsyncResource('BatchItem'), resolve, reject });
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
    const { origin } = batch[0] as Waiting<T, R>;
    try {
      const results = await origin.runInAsyncScope(() => this.#work(batch.map(({ item }) => item)));
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as R);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
