import { type Handler, implement } from '@natter/bus';
import { endSession } from '@natter/contracts';
import type { EndSession } from '../domain/end-session.ts';

export function handleEndSession(end: EndSession, now: () => Date): Handler {
  return implement(endSession, async ({ callerId, id }) => {
    await end({ id, userId: callerId }, now());
    return {};
  });
}
