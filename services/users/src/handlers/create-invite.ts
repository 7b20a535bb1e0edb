import { type Handler, implement } from '@natter/bus';
import { createInvite, type RegistrationPolicy } from '@natter/contracts';
import type { RecordAudit } from '../domain/audit-log.ts';
import { createInviteToken, hashInvite, type Invites, inviteName } from '../domain/invite.ts';

const dayMs = 86_400_000;

export function handleCreateInvite(
  invites: Invites,
  registration: RegistrationPolicy,
  record: RecordAudit,
): Handler {
  return implement(createInvite, async ({ days }, { requestId }) => {
    const invite = createInviteToken();
    const hash = hashInvite(invite);
    const created = new Date();
    const expires = new Date(created.getTime() + days * dayMs);
    await invites.add({ hash, created, expires });
    record({ kind: 'invite.created', by: 'operator', requestId, detail: inviteName(hash) });
    return { invite, expires: expires.toISOString(), registration };
  });
}
