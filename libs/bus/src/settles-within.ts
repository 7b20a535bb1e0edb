import { setTimeout } from 'node:timers/promises';

/** Whether `work` was fulfilled within `ms` milliseconds; one that failed or goes on is not waited for. */
export async function settlesWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  const timer = new AbortController();
  const done = work.then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([done, setTimeout(ms, false, { signal: timer.signal })]);
  } finally {
    timer.abort();
  }
}
