/** How long what belongs to a session is good, in milliseconds. */
export interface SessionLifetimes {
  readonly accessTokenMs: number;
  /** For how long a session stays that nobody uses. */
  readonly idleMs: number;
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

/** A session that gets an access token at that time, or a repeat of it a little later. */
export function usedAt(at: Date, { accessTokenMs, idleMs }: SessionLifetimes) {
  return {
    lastUsed: at,
    accessUntil: after(at, accessTokenMs + repeatWindowMs),
    expires: after(at, idleMs),
  };
}
