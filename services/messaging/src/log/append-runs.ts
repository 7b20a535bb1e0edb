import type { ConversationLog } from '../domain/conversation-log.ts';
import type { Entry } from '../domain/entry.ts';

/** Entries of one conversation that follow one another. */
export type Run = readonly Entry[];

/** How many of a run's entries went in, or why that is not known or none did: what `ConversationLog.append` threw. */
export type RunOutcome = { inserted: number } | { error: unknown };

/**
 * Appends the runs of many conversations with as few inserts as may be. An insert stops at the first refused
 * entry, so that nothing is ever inserted above a hole; the runs behind the one that was refused were not tried,
 * and are then. An insert that fails is the outcome of its own runs alone.
 */
export async function appendRuns(log: ConversationLog, runs: readonly Run[]): Promise<RunOutcome[]> {
  const outcomes: RunOutcome[] = [];
  while (outcomes.length < runs.length) {
    const untried = runs.slice(outcomes.length);
    try {
      outcomes.push(...shareOut(await log.append(untried.flat()), untried));
    } catch (error) {
      outcomes.push(...untried.map(() => ({ error })));
    }
  }
  return outcomes;
}

/** Which runs the inserted entries belong to, up to and including the one that was refused. */
function shareOut(inserted: number, runs: readonly Run[]): RunOutcome[] {
  const outcomes: RunOutcome[] = [];
  let left = inserted;
  for (const run of runs) {
    const count = Math.min(left, run.length);
    outcomes.push({ inserted: count });
    left -= count;
    if (count < run.length) break;
  }
  return outcomes;
}
