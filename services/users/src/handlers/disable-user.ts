import { type Handler, implement } from '@natter/bus';
import { disableUser, NatterError } from '@natter/contracts';
import type { Accounts } from '../domain/account.ts';
import type { RecordAudit } from '../domain/audit-log.ts';
import { disabledAccount } from '../domain/disable-user.ts';
import type { SupersedeAccount } from '../domain/supersede-account.ts';

export function handleDisableUser(
  accounts: Accounts,
  supersede: SupersedeAccount,
  record: RecordAudit,
): Handler {
  return implement(disableUser, async ({ username }, { requestId }) => {
    const account = await accounts.findByUsername(username);
    if (account === undefined) throw new NatterError('user_not_found');
    await supersede(disabledAccount(account), {
      onWritten: () =>
        record({ kind: 'account.disabled', by: 'operator', requestId, userId: account.id, username }),
    });
    return {};
  });
}
