import { setTimeout as delay } from 'node:timers/promises';

const everyMs = 20;

/** Ends a test that waits in vain, and is no promise of how soon something happens: a machine may be very busy. */
const patienceMs = 60_000;

/**
 * Resolves when `condition` holds. What it throws ends the wait.
 *
 * @throws an error that names `what` was waited for, after `timeoutMs`.
 */
export async function waitFor(
  condition: () => boolean | Promise<boolean>,
  { what, timeoutMs = patienceMs }: { what: string; timeoutMs?: number },
): Promise<void> {
  const started = performance.now();
  while (!(await condition())) {
    if (performance.now() - started > timeoutMs)
      throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`);
    await delay(everyMs);
  }
}
