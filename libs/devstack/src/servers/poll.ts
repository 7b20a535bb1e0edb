import { setTimeout as delay } from 'node:timers/promises';

const everyMs = 50;

/**
 * Tries until it works; what `attempt` throws is a reason to try again.
 *
 * @throws the last of those reasons after `withinMs`, and the signal's reason at once.
 */
export async function poll<T>(
  attempt: () => Promise<T>,
  { withinMs, signal }: { withinMs: number; signal: AbortSignal },
): Promise<T> {
  const started = performance.now();
  for (;;) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() - started > withinMs) throw error;
    }
    await delay(everyMs, undefined, { signal });
  }
}
