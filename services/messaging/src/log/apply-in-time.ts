import type { ProjectionChange, Projections } from '../domain/projections.ts';
import { syncMarginMs } from '../domain/sync-margin.ts';

/** What is left of the margin is for the difference between the clocks of two primaries. */
const longestMs = syncMarginMs / 2;

/**
 * Applies changes, and touches what they change once more where that took so long that nobody would look as far back as
 * their first stamps are by the time they can be read.
 *
 * @param elapsed milliseconds by a clock that nobody sets.
 */
export async function applyInTime(
  projections: Pick<Projections, 'apply'>,
  changes: readonly ProjectionChange[],
  elapsed: () => number,
): Promise<void> {
  let began = elapsed();
  await projections.apply(changes);
  while (elapsed() - began > longestMs) {
    began = elapsed();
    await projections.apply(changes.map((change) => ({ ...change, restored: true })));
  }
}
