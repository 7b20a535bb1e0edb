import { setTimeout } from 'node:timers/promises';

export interface Pace {
  perSecond: number;
  seconds: number;
}

/**
 * Starts pieces of work at an even pace, whether or not those before have ended: what is slow is not asked less for it.
 *
 * @returns how long each took, in milliseconds.
 */
export async function paced(work: () => Promise<unknown>, { perSecond, seconds }: Pace): Promise<number[]> {
  const started = performance.now();
  const times: Promise<number>[] = [];
  for (let count = 0; count < perSecond * seconds; count += 1) {
    const due = started + (count * 1_000) / perSecond;
    await setTimeout(Math.max(0, due - performance.now()));
    times.push(timeOf(work));
  }
  return Promise.all(times);
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** @param share 0.5 for the median, 0.99 for the 99th percentile. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
