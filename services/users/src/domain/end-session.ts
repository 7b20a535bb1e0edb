import type { Session, Sessions } from './session.ts';
import { after, clockMarginMs, maxAccessTokenMs } from './session-lifetimes.ts';

/** When a session may be forgotten that ends at that time: not while one of its access tokens could still be good. */
function forgetAt(at: Date): Date {
  return after(at, maxAccessTokenMs + clockMarginMs);
}

export type EndSession = (session: Session, at: Date) => Promise<void>;

export function createEndSession(sessions: Sessions): EndSession {
  return (session, at) => sessions.end(session.id, forgetAt(at));
}
