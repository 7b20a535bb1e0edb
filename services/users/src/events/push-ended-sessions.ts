import type { Bus } from '@natter/bus';
import { sessionEnded } from '@natter/contracts';
import type { Session } from '../domain/session.ts';
import { toEndedSession } from '../session-dto.ts';

/** Few enough for one message of NATS. */
const atOnce = 1_000;

/** Tells all gateways that access tokens of these sessions are good no more. */
export async function pushEndedSessions(
  bus: Bus,
  userId: string,
  sessions: readonly Session[],
): Promise<void> {
  for (let start = 0; start < sessions.length; start += atOnce) {
    const some = sessions.slice(start, start + atOnce).map(toEndedSession);
    await bus.push(sessionEnded, { userId, sessions: some });
  }
}
