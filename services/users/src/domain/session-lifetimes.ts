/** How long what belongs to a session is good, in milliseconds. */
export interface SessionLifetimes {
  readonly accessTokenMs: number;
  /** For how long a session stays that nobody uses. */
  readonly idleMs: number;
  /** For how long one lasts at the most, however much it is used. */
  readonly mostMs: number;
}

/**
 * For how long after its first use a refresh token gets the same successor, in milliseconds: the answer may have been
 * lost, or two tabs may have used it at once.
 */
export const repeatWindowMs = 10_000;

/** The longest that an access token may live, in milliseconds: no setting allows more. */
export const maxAccessTokenMs = 24 * 60 * 60 * 1_000;

/** By how much, in milliseconds, the clocks of those who sign and of those who verify may differ, and more. */
export const clockMarginMs = 60_000;

export function after(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms);
}

/** A session, created at that time, that gets an access token at another, or a repeat of it a little later. */
export function usedAt(created: Date, at: Date, { accessTokenMs, idleMs, mostMs }: SessionLifetimes) {
  const expires = Math.min(at.getTime() + idleMs, created.getTime() + mostMs);
  return {
    lastUsed: at,
    accessUntil: after(at, accessTokenMs + repeatWindowMs),
    expires: new Date(expires),
  };
}
