import { type Handler, implement } from '@natter/bus';
import { confirmSecondFactor, NatterError } from '@natter/contracts';
import type { Accounts } from '../domain/account.ts';
import type { RecordAudit } from '../domain/audit-log.ts';
import { withConfirmedFactor } from '../domain/confirm-second-factor.ts';
import { createRecoveryCodes } from '../domain/recovery-code.ts';
import type { TimeCodes } from '../domain/second-factor.ts';
import type { SupersedeAccount } from '../domain/supersede-account.ts';
import { findOpenAccount } from './find-open-account.ts';

export interface ConfirmSecondFactorCollaborators {
  accounts: Accounts;
  timeCodes: TimeCodes;
  supersede: SupersedeAccount;
  record: RecordAudit;
  now: () => Date;
}

export function handleConfirmSecondFactor(collaborators: ConfirmSecondFactorCollaborators): Handler {
  const { accounts, timeCodes, supersede, record, now } = collaborators;
  return implement(confirmSecondFactor, async ({ callerId, currentId, code }, { requestId, address }) => {
    const account = await findOpenAccount(accounts, callerId);
    const { secondFactor: factor, username } = account;
    if (factor === undefined) throw new NatterError('second_factor_not_found');
    if (factor.confirmed) throw new NatterError('second_factor_on');
    const step = timeCodes.stepOf(code.replaceAll(/\s/g, ''), { ...factor, ownerId: callerId }, now());
    if (step === undefined) throw new NatterError('wrong_code');
    const recoveryCodes = createRecoveryCodes();
    await supersede(withConfirmedFactor(account, factor, { step, recoveryCodes }), {
      keepId: currentId,
      onWritten: () =>
        record({ kind: 'second_factor.enabled', by: 'user', requestId, address, userId: callerId, username }),
    });
    return { recoveryCodes };
  });
}
