import { type Handler, implement } from '@natter/bus';
import { NatterError, resetSecondFactor } from '@natter/contracts';
import type { Accounts } from '../domain/account.ts';
import type { RecordAudit } from '../domain/audit-log.ts';
import { withoutFactor } from '../domain/confirm-second-factor.ts';
import type { SupersedeAccount } from '../domain/supersede-account.ts';

export function handleResetSecondFactor(
  accounts: Accounts,
  supersede: SupersedeAccount,
  record: RecordAudit,
): Handler {
  return implement(resetSecondFactor, async ({ username }, { requestId }) => {
    const account = await accounts.findByUsername(username);
    if (account === undefined) throw new NatterError('user_not_found');
    if (account.secondFactor === undefined) return {};
    const { id: userId } = account;
    await supersede(withoutFactor(account), {
      onWritten: () =>
        record({ kind: 'second_factor.disabled', by: 'operator', requestId, userId, username }),
    });
    return {};
  });
}
