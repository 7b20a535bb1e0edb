import { NatterError } from '@natter/contracts';
import type { EndedSessionQuery, Session, Sessions } from './session.ts';
import { after, clockMarginMs, maxAccessTokenMs } from './session-lifetimes.ts';

/** When a session may be forgotten that ends at that time: not while one of its access tokens could still be good. */
export function forgetAt(at: Date): Date {
  return after(at, maxAccessTokenMs + clockMarginMs);
}

/**
 * For how long, in milliseconds, a session that has ended is told of to whoever asks, whatever became of its tokens:
 * twice as long as gateways keep streams without hearing of any.
 */
const listedMs = 600_000;

/** Which of the sessions that have ended somebody may take for alive at that time. */
export function endedLately(at: Date): Pick<EndedSessionQuery, 'accessAfter' | 'forgottenAfter'> {
  return { accessAfter: after(at, -clockMarginMs), forgottenAfter: forgetAt(after(at, -listedMs)) };
}

/** Tells all gateways of sessions of a user that have ended; resolves when that is on its way. */
export type TellEnded = (userId: string, sessions: readonly Session[]) => Promise<void>;

/**
 * Ends a session of a user; one that has ended is told of again.
 *
 * @throws {NatterError} `session_not_found`
 */
export type EndSession = (which: { id: string; userId: string }, at: Date) => Promise<void>;

export function createEndSession(sessions: Sessions, tell: TellEnded): EndSession {
  return async (which, at) => {
    const ended = await sessions.end(which, forgetAt(at));
    if (!ended) throw new NatterError('session_not_found');
    await tell(which.userId, [ended]);
  };
}
