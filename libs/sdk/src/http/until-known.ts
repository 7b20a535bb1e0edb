import { backoffMs } from '../backoff.ts';
import { isRetryable } from '../natter-client-error.ts';
import type { Timing } from '../timing.ts';

/** Repeats what may be repeated until its answer is final, or the signal is aborted. */
export async function untilKnown<T>(
  attempt: () => Promise<T>,
  timing: Timing,
  signal: AbortSignal | undefined,
): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      signal?.throwIfAborted();
      if (!isRetryable(error)) throw error;
      await timing.sleep(backoffMs(failures, timing, error.retryAfterMs), signal);
    }
  }
}
