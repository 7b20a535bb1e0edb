import type { Timing } from '../src/index.ts';

/** Time that passes only when somebody sleeps; the sleepers are noted. */
export class FakeTiming implements Timing {
  readonly slept: number[] = [];
  #now = 1_000_000;

  now(): number {
    return this.#now;
  }

  random(): number {
    return 0;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.slept.push(ms);
    this.pass(ms);
  }

  pass(ms: number): void {
    this.#now += ms;
  }
}
