import type { Random } from './random.ts';

type Fate = 'fine' | 'no line' | 'never arrives' | 'answer is lost';

/** How bad this run's world is. Each seed has its own mixture, so that some runs know one trouble only, and much of it. */
export class Faults {
  readonly #random: Random;
  readonly #badLine: number;
  readonly #slow: number;
  readonly #lag: number;
  #over = false;
  #stall = 0;

  /** @param longestLag in steps. */
  constructor(random: Random, longestLag: number) {
    this.#random = random;
    this.#badLine = random.pick([0, 0, 2, 6, 15]);
    this.#slow = random.pick([0, 5, 20]);
    this.#lag = random.pick([0, 0, 5, longestLag]);
  }

  /** From now on all goes well. */
  end(): void {
    this.#over = true;
  }

  fate(): Fate {
    if (this.#over || this.#badLine === 0 || !this.#random.chance(this.#badLine)) return 'fine';
    return this.#random.pick(['no line', 'never arrives', 'answer is lost'] as const);
  }

  /** Once, a majority is so many steps behind. */
  stallMajority(steps: number): void {
    this.#stall = steps;
  }

  /** How many steps a request is under way at least. */
  delay(): number {
    if (this.#over || this.#slow === 0 || !this.#random.chance(this.#slow)) return 0;
    return this.#random.between(10, 150);
  }

  /** How many steps a majority is behind the primary, at most. */
  lag(): number {
    const stall = this.#stall;
    this.#stall = 0;
    if (stall > 0 && !this.#over) return stall;
    return this.#over || this.#lag === 0 ? 0 : this.#random.between(0, this.#lag);
  }
}
