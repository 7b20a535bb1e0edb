import { type Handler, implement } from '@natter/bus';
import { listEndedSessions } from '@natter/contracts';
import type { Sessions } from '../domain/session.ts';
import { after, clockMarginMs } from '../domain/session-lifetimes.ts';
import { toEndedSession } from '../session-dto.ts';

export function handleListEndedSessions(sessions: Sessions, now: () => Date): Handler {
  return implement(listEndedSessions, async ({ afterId, limit }) => {
    const accessAfter = after(now(), -clockMarginMs);
    const ended = await sessions.listEnded({ accessAfter, afterId, limit });
    return { sessions: ended.map(toEndedSession) };
  });
}
