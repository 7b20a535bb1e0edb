import { setTimeout as delay } from 'node:timers/promises';

const everyMs = 20;

/**
 * Resolves when `condition` holds. What it throws ends the wait.
 *
 * @throws an error that names `what` was waited for, after `timeoutMs`.
 */
export async function waitFor(
  condition: () => boolean | Promise<boolean>,
  { timeoutMs, what }: { timeoutMs: number; what: string },
): Promise<void> {
  const started = performance.now();
  while (!(await condition())) {
    if (performance.now() - started > timeoutMs)
      throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`);
    await delay(everyMs);
  }
}
