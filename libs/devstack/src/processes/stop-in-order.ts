import type { SupervisedProcess } from './supervised-process.ts';

export interface Stage {
  readonly processes: readonly SupervisedProcess[];
  /** When everything of this stage must be gone, in milliseconds from the beginning of the stop. */
  readonly byMs: number;
}

/**
 * Stops one stage after the other. Time that a stage doesn't need is left to the next ones.
 *
 * @returns the names of those that had to be ended by force.
 */
export async function stopInOrder(stages: readonly Stage[]): Promise<string[]> {
  const started = performance.now();
  const forced: string[] = [];
  for (const { processes, byMs } of stages) {
    const leftMs = Math.max(0, byMs - (performance.now() - started));
    await Promise.all(
      processes.map(async (process) => {
        if (!(await process.stop(leftMs))) forced.push(process.name);
      }),
    );
  }
  return forced;
}
