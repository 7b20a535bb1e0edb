import { hash } from 'node:crypto';

/** Milliseconds without a word after which an instance is not counted on: over three times from one to the next. */
const silentForMs = 3_500;

/** Which processes of a service are there, as far as one has heard, and which of them is preferred for what. */
export class Instances {
  readonly #now: () => number;
  readonly #heardAt = new Map<string, number>();

  /** `now` in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  heard(instance: string): void {
    this.#heardAt.set(instance, this.#now());
  }

  /** Leaves it out until it is heard of again. */
  forget(instance: string): void {
    this.#heardAt.delete(instance);
  }

  /**
   * The same for everybody who knows of the same instances; and when one comes or goes, only what it gets or had changes
   * (rendezvous hashing: Thaler and Ravishankar, 1998). Undefined where none has been heard of lately.
   */
  choose(key: string): string | undefined {
    const present = this.#present();
    if (present.length <= 1) return present[0];
    let chosen: { instance: string; weight: string } | undefined;
    for (const instance of present) {
      const weight = hash('sha1', `${instance} ${key}`);
      if (chosen === undefined || weight > chosen.weight) chosen = { instance, weight };
    }
    return chosen?.instance;
  }

  #present(): readonly string[] {
    const since = this.#now() - silentForMs;
    for (const [instance, heardAt] of this.#heardAt) {
      if (heardAt < since) this.#heardAt.delete(instance);
    }
    return [...this.#heardAt.keys()];
  }
}
