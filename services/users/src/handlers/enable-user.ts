import { type Handler, implement } from '@natter/bus';
import { enableUser, NatterError } from '@natter/contracts';
import type { Accounts } from '../domain/account.ts';
import type { RecordAudit } from '../domain/audit-log.ts';
import { enabledAccount } from '../domain/disable-user.ts';
import type { Profile } from '../domain/profile.ts';

/** @param announce starts to publish the change, and is not waited for. */
export function handleEnableUser(
  accounts: Accounts,
  announce: (profile: Profile) => void,
  record: RecordAudit,
): Handler {
  return implement(enableUser, async ({ username }, { requestId }) => {
    const account = await accounts.findByUsername(username);
    if (account === undefined) throw new NatterError('user_not_found');
    if (!account.disabled) return {};
    const enabled = enabledAccount(account);
    // Somebody changed the account at the same moment: the caller looks at it again.
    if (!(await accounts.replace(enabled))) throw new NatterError('service_unavailable', { retryAfter: 1 });
    announce(enabled);
    record({ kind: 'account.enabled', by: 'operator', requestId, userId: account.id, username });
    return {};
  });
}
