import type { Outbox } from '../domain/outbox.ts';
import type { Profile } from '../domain/profile.ts';

export interface RelayOptions {
  outbox: Outbox;
  /** Resolves once the messenger has the profile; given twice, it may pass it on once. */
  publish: (profile: Profile) => Promise<void>;
  /** Told of a profile that stays marked, so that the sweeper takes it up again. */
  onFailure: (error: unknown, profile: Profile) => void;
}

/** Publishes what was written, and only then takes the mark off: a crash between the two gives a repeat. */
export class Relay {
  readonly #options: RelayOptions;
  readonly #underWay = new Set<Promise<void>>();

  constructor(options: RelayOptions) {
    this.#options = options;
  }

  /** Starts at once, and is not waited for. */
  announce(profile: Profile): void {
    const sending = this.send(profile)
      .catch((error) => this.#options.onFailure(error, profile))
      .finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
  }

  async send(profile: Profile): Promise<void> {
    await this.#options.publish(profile);
    await this.#options.outbox.unmark(profile);
  }

  /** Resolves when nothing that was announced is under way any more. */
  async idle(): Promise<void> {
    await Promise.all(this.#underWay);
  }
}
