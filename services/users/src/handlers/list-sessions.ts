import { type Handler, implement } from '@natter/bus';
import { listSessions } from '@natter/contracts';
import { pageOfSessions } from '../domain/list-sessions.ts';
import type { Sessions } from '../domain/session.ts';
import { toSession } from '../session-dto.ts';

export function handleListSessions(sessions: Sessions, now: () => Date): Handler {
  return implement(listSessions, async ({ currentId, ...command }) => {
    const page = await pageOfSessions(sessions, { ...command, at: now() });
    return { sessions: page.sessions.map((session) => toSession(session, currentId)), next: page.next };
  });
}
