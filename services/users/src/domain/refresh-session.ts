import { NatterError } from '@natter/contracts';
import type { Account, Accounts } from './account.ts';
import type { EndSession } from './end-session.ts';
import { createSalt, hashOf, type RefreshToken } from './refresh-token.ts';
import type { Session, Sessions } from './session.ts';
import type { SessionLifetimes } from './session-lifetimes.ts';
import { type Use, useRefreshToken } from './use-refresh-token.ts';

/** Each that is lost was won by another use of the same token, which the next one finds. */
const maxAttempts = 5;

/** A session that goes on, and by which token. */
export interface Refreshed {
  account: Account;
  session: Session;
  refreshToken: RefreshToken;
}

/**
 * Tells `onStolen` of a session that it ended because somebody has an old token of it.
 *
 * @throws {NatterError} `invalid_token`, whatever is wrong.
 */
export type RefreshSession = (
  token: RefreshToken,
  at: Date,
  onStolen: (session: Session) => void,
) => Promise<Refreshed>;

export interface RefreshCollaborators {
  accounts: Accounts;
  sessions: Sessions;
  /** Ends the session of which somebody has an old token. */
  end: EndSession;
  lifetimes: SessionLifetimes;
}

/** Exchanges a refresh token for its successor. */
export function createRefreshSession(collaborators: RefreshCollaborators): RefreshSession {
  const { accounts, sessions, end, lifetimes } = collaborators;

  const attempt = async (...[token, at, onStolen]: Parameters<RefreshSession>) => {
    const session = await sessions.findBySeries(hashOf(token.series));
    if (!session || !isAlive(session, at)) throw new NatterError('invalid_token');
    const use = useRefreshToken(session, { token, salt: createSalt(), at }, lifetimes);
    if (use.kind === 'stolen') {
      await end(session, at, () => onStolen(session)).catch(unlessOver);
      throw new NatterError('invalid_token');
    }
    const account = await accounts.findById(session.userId);
    if (!account || !mayGoOn(session, account)) throw new NatterError('invalid_token');
    if (use.kind === 'first' && !(await sessions.replace(session, use.next))) return undefined;
    return { account, session: sessionAfter(use, session), refreshToken: use.successor };
  };

  return async (...command) => {
    for (let attempts = 0; attempts < maxAttempts; attempts += 1) {
      const refreshed = await attempt(...command);
      if (refreshed) return refreshed;
    }
    throw new NatterError('service_unavailable', { retryAfter: 1 });
  };
}

/**
 * A session that MongoDB has removed since it was read, because it expired, needs no end. And where it has ended and the
 * gateways could not be told, that is no affair of whoever has an old token: it is refused, now and for ever.
 */
function unlessOver(error: unknown): void {
  const isOver =
    error instanceof NatterError && ['session_not_found', 'outcome_unknown'].includes(error.code);
  if (!isOver) throw error;
}

function isAlive({ ended, expires }: Session, at: Date): boolean {
  return !ended && expires > at;
}

function mayGoOn(session: Session, account: Account): boolean {
  return !account.deleted && !account.disabled && session.epoch === account.sessionEpoch;
}

function sessionAfter(use: Use, session: Session): Session {
  return use.kind === 'first' ? use.next : session;
}
