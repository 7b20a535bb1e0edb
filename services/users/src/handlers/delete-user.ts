import { type Handler, implement } from '@natter/bus';
import { deleteUser, NatterError } from '@natter/contracts';
import type { Accounts } from '../domain/account.ts';
import type { RecordAudit } from '../domain/audit-log.ts';
import { deletedAccount } from '../domain/delete-user.ts';
import type { Passwords } from '../domain/passwords.ts';
import type { SupersedeAccount } from '../domain/supersede-account.ts';

export function handleDeleteUser(
  accounts: Accounts,
  passwords: Passwords,
  supersede: SupersedeAccount,
  record: RecordAudit,
): Handler {
  return implement(deleteUser, async ({ id, password }, { requestId, address }) => {
    const account = await accounts.findById(id);
    if (account === undefined || account.disabled) throw new NatterError('user_not_found');
    if (account.deleted) return {};
    if (!(await passwords.verify(account.passwordHash, password))) throw new NatterError('wrong_password');
    const { username } = account;
    await supersede(deletedAccount(account), {
      onWritten: () =>
        record({ kind: 'account.deleted', by: 'user', requestId, address, userId: id, username }),
    });
    return {};
  });
}
