import { readFileSync } from 'node:fs';

/** Of `/proc`, on every Linux. */
const ticksPerSecond = 100;

/** What processes have used of the processor, all threads together; NaN where there is no `/proc`. */
export function processorSeconds(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + ticksOf(pid), 0) / ticksPerSecond;
}

/** See proc_pid_stat(5): the name, which may have blanks, ends with the last parenthesis. */
function ticksOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Number.NaN;
    throw error;
  }
}
