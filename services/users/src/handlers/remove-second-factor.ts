import { type Handler, implement } from '@natter/bus';
import { NatterError, removeSecondFactor } from '@natter/contracts';
import type { Accounts } from '../domain/account.ts';
import type { AuditEvent, RecordAudit } from '../domain/audit-log.ts';
import { withoutFactor } from '../domain/confirm-second-factor.ts';
import type { Passwords } from '../domain/passwords.ts';
import type { SupersedeAccount } from '../domain/supersede-account.ts';
import type { UseCode } from '../domain/use-code.ts';
import { findOpenAccount } from './find-open-account.ts';
import { recordRecoveryCode } from './record-recovery-code.ts';

export interface RemoveSecondFactorCollaborators {
  accounts: Accounts;
  passwords: Passwords;
  useCode: UseCode;
  supersede: SupersedeAccount;
  record: RecordAudit;
}

export function handleRemoveSecondFactor(collaborators: RemoveSecondFactorCollaborators): Handler {
  const { accounts, passwords, useCode, supersede, record } = collaborators;
  return implement(removeSecondFactor, async ({ callerId, password, code }, context) => {
    const { requestId, address } = context;
    const account = await findOpenAccount(accounts, callerId);
    const recordIt = (kind: AuditEvent['kind']) =>
      record({ kind, by: 'user', requestId, address, userId: callerId, username: account.username });
    if (!account.secondFactor?.confirmed) throw new NatterError('second_factor_not_found');
    if (!(await passwords.verify(account.passwordHash, password))) throw new NatterError('wrong_password');
    const used = await useCode(account, code).catch((error: unknown) => {
      if (error instanceof NatterError && error.code === 'wrong_code') recordIt('second_factor.wrong_code');
      throw error;
    });
    recordRecoveryCode(record, used, context);
    await supersede(withoutFactor(used.account), { onWritten: () => recordIt('second_factor.disabled') });
    return {};
  });
}
