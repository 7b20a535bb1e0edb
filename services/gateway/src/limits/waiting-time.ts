import type { PasswordPolicy } from './limit-settings.ts';

/** How often a password was tried without being right, and when last, by the wall clock in milliseconds. */
export interface Attempts {
  readonly count: number;
  readonly last: number;
}

/**
 * Milliseconds until the next attempt; 0 or less where it may come now. Where the clock of another gateway is ahead,
 * nobody waits for longer than the policy says.
 */
export function waitingTime({ count, last }: Attempts, policy: PasswordPolicy, now: number): number {
  const wait = waitAfter(count, policy);
  return Math.min(wait, last + wait - now);
}

function waitAfter(count: number, { free, firstSeconds, mostSeconds }: PasswordPolicy): number {
  if (count < free) return 0;
  return Math.min(firstSeconds * 2 ** (count - free), mostSeconds) * 1_000;
}
