import { performance } from 'node:perf_hooks';

/** Milliseconds over which is looked at how busy the event loop was. */
const windowMs = 1_000;

/** Of that time, the share in which it had something to do. */
const busyFrom = 0.95;

/** Milliseconds in which an event loop had something to do and in which it had not, since it began. */
export interface LoopTimes {
  readonly active: number;
  readonly idle: number;
}

/**
 * Whether this process has more to do than it can, judged by how its event loop spent the last second. Not by how late
 * timers are: a machine that stood still for a moment has late timers and perhaps nothing to do.
 */
export class BusyLoop {
  readonly #measure: () => LoopTimes;
  #times: LoopTimes;
  #busy = false;

  constructor(measure: () => LoopTimes = () => performance.eventLoopUtilization()) {
    this.#measure = measure;
    this.#times = measure();
  }

  /** To be asked at every request: where nobody asks for longer, there is nothing to be busy with. */
  get busy(): boolean {
    const times = this.#measure();
    const active = times.active - this.#times.active;
    const spent = active + times.idle - this.#times.idle;
    if (spent < windowMs) return this.#busy;
    this.#times = times;
    this.#busy = active / spent >= busyFrom;
    return this.#busy;
  }
}
