/** What a piece of work took. */
export interface Slice {
  operations: number;
  seconds: number;
  /** Of the processes that the case is about; NaN where the system does not tell. */
  processorSeconds: number;
}

export interface Figure {
  name: string;
  perSecond: number;
  /** Milliseconds of processor time for each operation. */
  processorMs: number;
  /** Operations a second, to those of the first case. */
  ratio: number;
  /** Processor time for each operation, to that of the first case. */
  processorRatio: number;
}

/** Slices of each case that are counted; one more comes before them. */
const rounds = 7;

/**
 * Runs slices of cases in turn, A B A B …, and compares each with the first case's of the same round, so that a
 * machine whose speed drifts, or that others use too, slows all alike. All figures are medians.
 */
export async function interleave(cases: Readonly<Record<string, () => Promise<Slice>>>): Promise<Figure[]> {
  const samples = Object.entries(cases).map(([name, run]) => ({ name, run, slices: [] as Slice[] }));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { run, slices } of samples) {
      const slice = await run();
      if (round > 0) slices.push(slice);
    }
  }
  const first = samples[0]?.slices ?? [];
  return samples.map(({ name, slices }) => ({
    name,
    perSecond: medianOf(slices.map(rateOf)),
    processorMs: medianOf(slices.map(costOf)),
    ratio: medianOf(slices.map((slice, round) => rateOf(slice) / rateOf(first[round] as Slice))),
    processorRatio: medianOf(slices.map((slice, round) => costOf(slice) / costOf(first[round] as Slice))),
  }));
}

const rateOf = ({ operations, seconds }: Slice) => operations / seconds;

const costOf = ({ operations, processorSeconds }: Slice) => (processorSeconds * 1_000) / operations;

function medianOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export function printFigures(title: string, figures: readonly Figure[]): void {
  console.log(`\n${title}`);
  for (const { name, perSecond, processorMs, ratio, processorRatio } of figures) {
    const rate = `${perSecond.toFixed(0).padStart(6)}/s × ${ratio.toFixed(2)}`;
    const cost = `${processorMs.toFixed(2).padStart(6)} ms of processor × ${processorRatio.toFixed(2)}`;
    console.log(`  ${name.padEnd(44)} ${rate}  ${cost}`);
  }
}
