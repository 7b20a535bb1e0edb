import { syncMarginMs } from '../domain/sync-margin.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';

/** Two primaries' clocks are apart by at most half of the margin; the other half is for slow commits. */
const aheadAtMostMs = syncMarginMs / 4;

/** Long after the beginning of time. */
const beginMs = 1_000_000_000;

/** The clock of the database, in milliseconds. */
export class Clock {
  readonly #scheduler: Scheduler;
  readonly #stepMs: number;

  /** @param stepMs milliseconds that a step takes. */
  constructor(scheduler: Scheduler, stepMs = 1) {
    this.#scheduler = scheduler;
    this.#stepMs = stepMs;
  }

  get now(): number {
    return this.elapsed;
  }

  /** By a clock that nobody sets. */
  get elapsed(): number {
    return beginMs + this.#scheduler.now * this.#stepMs;
  }

  stepsOf(milliseconds: number): number {
    return milliseconds / this.#stepMs;
  }

  /** Another server is the primary. */
  change(): void {}
}

/** Each primary has another one. To some runs the margin is long, to others short. */
export class ChangingClock extends Clock {
  readonly #random: Random;
  #ahead = 0;

  constructor(scheduler: Scheduler, random: Random) {
    super(scheduler, random.pick([100, 200]));
    this.#random = random;
  }

  override get now(): number {
    return this.elapsed + this.#ahead;
  }

  override change(): void {
    this.#ahead = this.#random.between(-aheadAtMostMs, aheadAtMostMs);
  }
}
