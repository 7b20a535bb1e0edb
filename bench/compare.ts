/** Something to be timed, by name. */
export type Cases = Readonly<Record<string, () => Promise<unknown>>>;

export interface Timing {
  name: string;
  /** Milliseconds. */
  median: number;
  /** Of the medians, to that of the first case. */
  ratio: number;
}

/**
 * Times cases in turn, A B A B …, so that a machine whose speed drifts, or that others use too, slows all of them
 * alike: the ratios hold where the times do not.
 */
export async function compare(
  cases: Cases,
  { rounds, warmUp }: { rounds: number; warmUp: number },
): Promise<Timing[]> {
  const samples = Object.entries(cases).map(([name, run]) => ({ name, run, times: [] as number[] }));
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const { run, times } of samples) {
      const started = performance.now();
      await run();
      if (round >= 0) times.push(performance.now() - started);
    }
  }
  const medians = samples.map(({ name, times }) => ({ name, median: medianOf(times) }));
  return medians.map((timing) => ({ ...timing, ratio: timing.median / (medians[0]?.median ?? Number.NaN) }));
}

function medianOf(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? Number.NaN;
}

export function printTimings(title: string, timings: readonly Timing[]): void {
  console.log(`\n${title}`);
  for (const { name, median, ratio } of timings) {
    console.log(`  ${name.padEnd(44)} ${median.toFixed(1).padStart(8)} ms  × ${ratio.toFixed(2)}`);
  }
}
