import type { Faults } from './faults.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';

/** What a request on a bad line ends with. */
export class LineError extends Error {
  /** Whether the request may have been served, or may still be. */
  readonly mayHaveRun: boolean;

  constructor(label: string, mayHaveRun: boolean) {
    super(`${label}: ${mayHaveRun ? 'the line broke' : 'no line'}`);
    this.mayHaveRun = mayHaveRun;
  }
}

export interface Reply<T> {
  answer: (value: T) => void;
  /** The server went away in the middle of it. */
  breakOff: () => void;
}

/** What a process reaches its servers over, until it dies. Requests overtake one another, wait, and get lost. */
export class Line {
  readonly #name: string;
  readonly #scheduler: Scheduler;
  readonly #random: Random;
  readonly #faults: Faults;
  #cut = false;

  constructor(
    name: string,
    { scheduler, random, faults }: { scheduler: Scheduler; random: Random; faults: Faults },
  ) {
    this.#name = name;
    this.#scheduler = scheduler;
    this.#random = random;
    this.#faults = faults;
  }

  /** The process is dead: nothing reaches it any more. What it has sent may arrive even so. */
  cut(): void {
    this.#cut = true;
  }

  request<T>(what: string, serve: (reply: Reply<T>) => void): Promise<T> {
    const label = `${this.#name}: ${what}`;
    return new Promise((resolve, reject) => {
      if (this.#cut) return;
      const hear = (how: string, tell: () => void) =>
        this.#scheduler.add(`${label} ${how}`, () => this.#cut || tell());
      const breakOff = () => hear('breaks off', () => reject(new LineError(label, true)));
      const answer = (value: T) => hear('is answered', () => resolve(value));
      const fate = this.#faults.fate();
      if (fate === 'no line') return hear('finds no line', () => reject(new LineError(label, false)));
      if (fate !== 'fine') breakOff();
      if (fate === 'never arrives') return;
      this.#arrive(label, () => serve({ answer: fate === 'fine' ? answer : ignore, breakOff }));
    });
  }

  #arrive(label: string, serve: () => void): void {
    const arrive = () => {
      if (!this.#cut || this.#random.chance(50)) serve();
    };
    this.#scheduler.add(`${label} arrives`, arrive, this.#faults.delay());
  }
}

function ignore(): void {}
