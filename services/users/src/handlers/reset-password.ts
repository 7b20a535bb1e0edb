import { type Handler, implement } from '@natter/bus';
import { NatterError, resetPassword } from '@natter/contracts';
import type { Accounts } from '../domain/account.ts';
import type { RecordAudit } from '../domain/audit-log.ts';
import { withPassword } from '../domain/change-password.ts';
import type { Passwords } from '../domain/passwords.ts';
import type { SupersedeAccount } from '../domain/supersede-account.ts';
import { refuseGuessable } from '../passwords/refuse-guessable.ts';

export function handleResetPassword(
  accounts: Accounts,
  passwords: Passwords,
  supersede: SupersedeAccount,
  record: RecordAudit,
): Handler {
  return implement(resetPassword, async ({ username, password }, { requestId }) => {
    const account = await accounts.findByUsername(username);
    if (account === undefined) throw new NatterError('user_not_found');
    refuseGuessable({ password, username, pointer: '/password' });
    await supersede(withPassword(account, await passwords.hash(password)), {
      onWritten: () =>
        record({ kind: 'password.changed', by: 'operator', requestId, userId: account.id, username }),
    });
    return {};
  });
}
