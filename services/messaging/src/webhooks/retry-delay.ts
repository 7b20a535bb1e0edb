const firstMs = 5_000;
const factor = 3;
const longestMs = 3_600_000;
const shortestMs = 1_000;

/** Of each delay: who failed together does not come again together. */
const spread = 0.2;

export interface RetryDelayOptions {
  /** What the receiver asked for, in milliseconds; heeded between a second and an hour. */
  retryAfterMs?: number | undefined;
  /** From 0 up to 1. */
  random: () => number;
}

/** Milliseconds to wait after an entry was tried `attempts` times: 5 s, three times as long each time, an hour at most. */
export function retryDelayMs(attempts: number, { retryAfterMs, random }: RetryDelayOptions): number {
  if (retryAfterMs !== undefined) return Math.min(Math.max(retryAfterMs, shortestMs), longestMs);
  const delayMs = firstMs * factor ** (attempts - 1);
  return Math.min(Math.round(delayMs * (1 - spread + 2 * spread * random())), longestMs);
}

/** Milliseconds that a `Retry-After` (RFC 9110, 10.2.3) asks to wait; undefined where it says nothing. */
export function parseRetryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000;
  const time = /^[A-Z][a-z]+,? /.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(time) ? undefined : Math.max(time - now.getTime(), 0);
}
