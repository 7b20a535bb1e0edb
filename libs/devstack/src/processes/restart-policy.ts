/** A process that lives shorter than this has died quickly. */
const quickDeathMs = 5_000;

export const maxQuickDeaths = 5;

const firstDelayMs = 200;

export type Verdict = { readonly restartInMs: number; readonly quickDeaths: number } | 'give up';

/**
 * What to do about a process that ended: start it again, later each time that it dies quickly, until it has
 * done so five times in a row. A life of 5 s or more makes up for all quick deaths before it.
 */
export function judgeDeath(quickDeathsBefore: number, livedMs: number): Verdict {
  const quickDeaths = livedMs < quickDeathMs ? quickDeathsBefore + 1 : 0;
  if (quickDeaths >= maxQuickDeaths) return 'give up';
  return { restartInMs: firstDelayMs * 2 ** Math.max(0, quickDeaths - 1), quickDeaths };
}
