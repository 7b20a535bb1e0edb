/** What is sent in one round: for each there are people and conversations of its own; one after the other. */
const roundSize = 250;

export interface Range {
  /** The first, counted from 0, and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** Rounds at a time. */
  readonly rounds: number;
}

/** Runs all numbers of the range. A round holds the same ones whatever the range, but for its ends. */
export async function inRounds(
  range: Range,
  run: (from: number, to: number) => Promise<void>,
): Promise<void> {
  let next = range.from;
  const runRounds = async () => {
    while (next < range.to) {
      const from = next;
      next = Math.min(range.to, (Math.floor(from / roundSize) + 1) * roundSize);
      await run(from, next);
    }
  };
  await Promise.all(Array.from({ length: range.rounds }, runRounds));
}
