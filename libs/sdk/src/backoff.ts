import type { Timing } from './timing.ts';

const firstMs = 250;
const mostMs = 15_000;

/**
 * Milliseconds to wait after so many failures in a row: twice as long each time, somewhere in its upper half so that
 * clients that failed together don't come back together, and never less than the server asked for.
 */
export function backoffMs(failures: number, { random }: Pick<Timing, 'random'>, retryAfterMs = 0): number {
  const ceiling = Math.min(mostMs, firstMs * 2 ** Math.max(0, failures - 1));
  const waiting = ceiling * (0.5 + random() / 2);
  return Math.max(waiting, retryAfterMs + (retryAfterMs > 0 ? random() * firstMs : 0));
}
