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
 * @param onEnded called once it has ended, whether or not the gateways can be told.
 * @throws {NatterError} `session_not_found`, and `outcome_unknown` when it has ended and not every gateway may know:
 * once more tells them again.
 */
export type EndSession = (
  which: { id: string; userId: string },
  at: Date,
  onEnded?: () => void,
) => Promise<void>;

export function createEndSession(sessions: Pick<Sessions, 'end'>, tell: TellEnded): EndSession {
  return async (which, at, onEnded) => {
    const ended = await sessions.end(which, forgetAt(at));
    if (!ended) throw new NatterError('session_not_found');
    onEnded?.();
    try {
      await tell(which.userId, [ended]);
    } catch (cause) {
      throw new NatterError('outcome_unknown', { cause });
    }
  };
}
