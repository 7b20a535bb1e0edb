import { type Handler, implement } from '@natter/bus';
import { deleteUser, NatterError } from '@natter/contracts';
import type { Accounts } from '../domain/account.ts';
import type { RecordAudit } from '../domain/audit-log.ts';
import { deletedAccount } from '../domain/delete-user.ts';
import type { Passwords } from '../domain/passwords.ts';
import type { Profile } from '../domain/profile.ts';

/** @param announce starts to publish the change, and is not waited for. */
export function handleDeleteUser(
  accounts: Accounts,
  passwords: Passwords,
  announce: (profile: Profile) => void,
  record: RecordAudit,
): Handler {
  return implement(deleteUser, async ({ id, password }, { requestId }) => {
    const account = await accounts.findById(id);
    if (account === undefined) throw new NatterError('user_not_found');
    if (account.deleted) return {};
    if (!(await passwords.verify(account.passwordHash, password))) throw new NatterError('wrong_password');
    const deleted = deletedAccount(account);
    // Somebody changed the account at the same moment: the caller looks at it again.
    if (!(await accounts.replace(deleted))) throw new NatterError('service_unavailable', { retryAfter: 1 });
    announce(deleted);
    record({ kind: 'account.deleted', by: 'user', requestId, userId: id, username: account.username });
    return {};
  });
}
