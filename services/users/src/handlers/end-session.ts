import { type Handler, implement } from '@natter/bus';
import { endSession } from '@natter/contracts';
import type { RecordAudit } from '../domain/audit-log.ts';
import type { EndSession } from '../domain/end-session.ts';

export function handleEndSession(end: EndSession, now: () => Date, record: RecordAudit): Handler {
  return implement(endSession, async ({ callerId, id }, { requestId, address }) => {
    await end({ id, userId: callerId }, now(), () =>
      record({ kind: 'session.revoked', by: 'user', requestId, address, userId: callerId, sessionId: id }),
    );
    return {};
  });
}
