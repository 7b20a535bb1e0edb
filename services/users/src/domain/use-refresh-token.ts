import { hashOf, type RefreshToken, successorOf } from './refresh-token.ts';
import type { Session } from './session.ts';
import { repeatWindowMs, type SessionLifetimes, usedAt } from './session-lifetimes.ts';

/** More uses than that in ten seconds are no client's. */
const maxUsed = 32;

/** What becomes of a session by the use of one of its tokens. */
export type Use =
  /** It goes on as `next`. */
  | { kind: 'first'; next: Session; successor: RefreshToken }
  /** Nothing changes: the use before may not have been heard of. */
  | { kind: 'repeat'; successor: RefreshToken }
  /** An old token, so there are two who have one: which of them is the owner nobody knows. */
  | { kind: 'stolen' };

export interface UseRefreshToken {
  token: RefreshToken;
  /** Of the successor, where this is the first use. */
  salt: string;
  at: Date;
}

export function useRefreshToken(
  session: Session,
  { token, salt, at }: UseRefreshToken,
  lifetimes: SessionLifetimes,
): Use {
  const hash = hashOf(token.secret);
  const recent = session.used.filter((used) => at.getTime() - used.usedAt.getTime() <= repeatWindowMs);
  if (hash !== session.refreshTokenHash) {
    const before = recent.find((used) => used.hash === hash);
    return before ? { kind: 'repeat', successor: successorOf(token, before.salt) } : { kind: 'stolen' };
  }
  const successor = successorOf(token, salt);
  const next = {
    ...session,
    ...usedAt(session.created, at, lifetimes),
    refreshTokenHash: hashOf(successor.secret),
    used: [...recent, { hash, salt, usedAt: at }].slice(-maxUsed),
  };
  return { kind: 'first', next, successor };
}
