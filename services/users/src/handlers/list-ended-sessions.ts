import { type Handler, implement } from '@natter/bus';
import { listEndedSessions } from '@natter/contracts';
import { endedLately } from '../domain/end-session.ts';
import type { Sessions } from '../domain/session.ts';
import { toEndedSession } from '../session-dto.ts';

export function handleListEndedSessions(sessions: Sessions, now: () => Date): Handler {
  return implement(listEndedSessions, async ({ afterId, limit }) => {
    const ended = await sessions.listEnded({ ...endedLately(now()), afterId, limit });
    return { sessions: ended.map(toEndedSession) };
  });
}
