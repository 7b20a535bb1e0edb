import type { LogEpochs } from './domain/log-epochs.ts';

/** The epoch that this process names in its answers. An operator may begin another while it runs. */
export class FollowedEpoch {
  readonly #epochs: Pick<LogEpochs, 'current'>;
  #current: string;

  private constructor(epochs: Pick<LogEpochs, 'current'>, current: string) {
    this.#epochs = epochs;
    this.#current = current;
  }

  static async follow(epochs: Pick<LogEpochs, 'current'>): Promise<FollowedEpoch> {
    return new FollowedEpoch(epochs, await epochs.current());
  }

  get current(): string {
    return this.#current;
  }

  /** @returns whether it is another now. */
  async refresh(): Promise<boolean> {
    const before = this.#current;
    this.#current = await this.#epochs.current();
    return this.#current !== before;
  }
}
