import type { Random } from './random.ts';

interface Task {
  label: string;
  notBefore: number;
  run: () => void;
}

/**
 * The one thing that makes anything happen. Whatever could happen next waits here; chance picks one, it happens, and
 * all the code that waited for it runs until it waits again.
 */
export class Scheduler {
  /** The number of steps so far: the only time that there is. */
  now = 0;
  readonly trace: string[] = [];
  readonly #random: Random;
  readonly #ready: Task[] = [];
  #delayed: Task[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  /** Lets something happen at some step, but not in the next `delay` ones. */
  add(label: string, run: () => void, delay = 0): void {
    const task = { label, notBefore: this.now + delay, run };
    (delay === 0 ? this.#ready : this.#delayed).push(task);
  }

  pause(label: string, delay = 0): Promise<void> {
    return new Promise((resolve) => {
      this.add(label, resolve, delay);
    });
  }

  /** @returns whether there was anything left to happen. */
  async step(): Promise<boolean> {
    this.#wake();
    if (this.#ready.length === 0) return false;
    const { label, run } = this.#takeAny();
    this.now += 1;
    this.trace.push(label);
    run();
    await promisesSettled();
    return true;
  }

  /** Makes ready what has waited long enough; where nothing else is, time jumps. */
  #wake(): void {
    if (this.#delayed.length === 0) return;
    if (this.#ready.length === 0) {
      this.now = Math.max(this.now, Math.min(...this.#delayed.map(({ notBefore }) => notBefore)));
    }
    const due = this.#delayed.filter(({ notBefore }) => notBefore <= this.now);
    if (due.length === 0) return;
    this.#ready.push(...due);
    this.#delayed = this.#delayed.filter(({ notBefore }) => notBefore > this.now);
  }

  #takeAny(): Task {
    const index = this.#random.between(0, this.#ready.length - 1);
    const task = this.#ready[index] as Task;
    const last = this.#ready.pop() as Task;
    if (index < this.#ready.length) this.#ready[index] = last;
    return task;
  }
}

/** Node turns to `nextTick` once no promise has anything left to do; `setImmediate` would cost twice as much. */
function promisesSettled(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}
