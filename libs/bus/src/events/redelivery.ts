/**
 * Milliseconds to wait after the first, second, … failed delivery; after the one more that follows there is
 * none.
 */
const backOffMs = [100, 1_000, 5_000, 15_000];

/** How long a letter that could not be put down waits before all of it is tried again, in milliseconds. */
export const retryDeadLetterAfterMs = 15_000;

/**
 * Milliseconds until the next delivery of a message that failed `deliveries` times, or undefined for the
 * last.
 */
export function redeliverAfterMs(deliveries: number): number | undefined {
  return backOffMs[deliveries - 1];
}
