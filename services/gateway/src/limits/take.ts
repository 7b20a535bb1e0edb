import type { Quota } from './quota.ts';

/** What became of a wish to use one more of a quota. */
export interface Taking {
  readonly allowed: boolean;
  /** All that is to be remembered: when the quota is whole again, in milliseconds of the caller's clock. */
  readonly wholeAt: number;
  /** How many more there are just now. */
  readonly left: number;
  /** Seconds until the quota is whole again, rounded up. */
  readonly wholeInSeconds: number;
  /** Seconds until there is one more, rounded up; 0 where there is. */
  readonly nextInSeconds: number;
}

/** Milliseconds: sums of fractions end beside the number that is meant. */
const tolerance = 0.1;

/**
 * Takes one from a quota that is whole again at `wholeAt`, if there is one: the generic cell rate algorithm (ITU-T
 * I.371), the same as a bucket of `burst` tokens that gets `perSecond` new ones, in one number. What is refused
 * costs nothing.
 */
export function take({ burst, perSecond }: Quota, wholeAt: number | undefined, now: number): Taking {
  const each = 1_000 / perSecond;
  const most = now + burst * each + tolerance;
  const spent = spend({ burst, perSecond }, wholeAt, now);
  const allowed = spent <= most;
  const after = allowed ? spent : spent - each;
  return {
    allowed,
    wholeAt: after,
    left: Math.max(0, Math.floor((most - after) / each)),
    wholeInSeconds: Math.ceil((after - now - tolerance) / 1_000),
    nextInSeconds: Math.max(0, Math.ceil((after + each - most) / 1_000)),
  };
}

/** When a quota is whole again of which one more is taken, there or not. */
export function spend({ perSecond }: Quota, wholeAt: number | undefined, now: number): number {
  return Math.max(wholeAt ?? now, now) + 1_000 / perSecond;
}
