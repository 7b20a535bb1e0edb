import type { Outbox } from '../domain/outbox.ts';
import type { Profile } from '../domain/profile.ts';
import { eventIdOf } from './publish-profile.ts';

const maxSwept = 500;

export interface SweeperOptions {
  outbox: Outbox;
  /** Publishes a profile and takes its mark off. */
  send: (profile: Profile) => Promise<void>;
}

/**
 * Publishes what a process that died left behind. A version of a profile that carries its mark at two sweeps in
 * a row is such a one: no clock is asked. (It may be in hand somewhere all the same: publishing bears repetition.)
 */
export class Sweeper {
  readonly #options: SweeperOptions;
  #seen = new Set<string>();

  constructor(options: SweeperOptions) {
    this.#options = options;
  }

  /** One profile that can't be sent holds up no other. @throws what the outbox or a `send` threw. */
  async sweep(): Promise<void> {
    const marked = await this.#options.outbox.readMarked(maxSwept);
    const left = marked.filter((profile) => this.#seen.has(eventIdOf(profile)));
    this.#seen = new Set(marked.map(eventIdOf));
    const results = await Promise.allSettled(left.map(this.#options.send));
    const failure = results.find((result) => result.status === 'rejected');
    if (failure) throw failure.reason;
  }
}
