import type { Account } from './account.ts';
import { hashRecoveryCode } from './recovery-code.ts';
import type { SecondFactor } from './second-factor.ts';

export interface Confirmation {
  /** Of the code that confirms it, which is used by that. */
  step: number;
  recoveryCodes: readonly string[];
}

/** The account with its second factor in force, which no session of before outlives by itself. */
export function withConfirmedFactor(
  account: Account,
  factor: SecondFactor,
  { step, recoveryCodes }: Confirmation,
): Account {
  const { sessionEpoch, version } = account;
  const secondFactor = {
    ...factor,
    confirmed: true,
    lastStep: step,
    recoveryHashes: recoveryCodes.map(hashRecoveryCode),
  };
  return { ...account, secondFactor, sessionEpoch: sessionEpoch + 1, version: version + 1 };
}

/** The account without a second factor, which no session outlives that was begun with it. */
export function withoutFactor({ secondFactor: _, ...account }: Account): Account {
  const { sessionEpoch, version } = account;
  return { ...account, sessionEpoch: sessionEpoch + 1, version: version + 1 };
}
