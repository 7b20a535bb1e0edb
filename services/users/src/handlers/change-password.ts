import { type Handler, implement } from '@natter/bus';
import { changePassword, NatterError } from '@natter/contracts';
import type { Accounts } from '../domain/account.ts';
import type { RecordAudit } from '../domain/audit-log.ts';
import { withPassword } from '../domain/change-password.ts';
import type { Passwords } from '../domain/passwords.ts';
import type { SupersedeAccount } from '../domain/supersede-account.ts';
import { refuseGuessable } from '../passwords/refuse-guessable.ts';
import { findOpenAccount } from './find-open-account.ts';

export function handleChangePassword(
  accounts: Accounts,
  passwords: Passwords,
  supersede: SupersedeAccount,
  record: RecordAudit,
): Handler {
  return implement(changePassword, async (request, { requestId, address }) => {
    const { callerId, currentId, currentPassword, newPassword } = request;
    const account = await findOpenAccount(accounts, callerId);
    const { username } = account;
    refuseGuessable({ password: newPassword, username, pointer: '/newPassword' });
    const right = await passwords.verify(account.passwordHash, currentPassword);
    if (!right) throw new NatterError('wrong_password');
    await supersede(withPassword(account, await passwords.hash(newPassword)), {
      keepId: currentId,
      onWritten: () => record({ kind: 'password.changed', by: 'user', requestId, address, userId: callerId }),
    });
    return {};
  });
}
