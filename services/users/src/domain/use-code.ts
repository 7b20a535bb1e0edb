import { NatterError } from '@natter/contracts';
import type { Account, Accounts } from './account.ts';
import { hashRecoveryCode } from './recovery-code.ts';
import type { SecondFactor, TimeCodes } from './second-factor.ts';

/** Each of them failed only because somebody else changed the account at the same moment. */
const maxAttempts = 5;

export interface CodeUsed {
  /** As it is then. */
  account: Account;
  /** How many recovery codes are left, where one was used. */
  recoveryCodesLeft?: number;
}

/**
 * Uses up a code of an account, read before; undefined stands for none.
 *
 * @returns the same account where it has no second factor.
 * @throws {NatterError} `second_factor_required` without a code, `wrong_code` for one that is not good or was used, and
 * `service_unavailable` when the account is not what it was any more.
 */
export type UseCode = (account: Account, code: string | undefined) => Promise<CodeUsed>;

export interface CodeCollaborators {
  accounts: Pick<Accounts, 'findById' | 'replaceSecondFactor'>;
  timeCodes: TimeCodes;
  now: () => Date;
}

export function createUseCode({ accounts, timeCodes, now }: CodeCollaborators): UseCode {
  return async (before, code) => {
    let account = before;
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      const { secondFactor, id: ownerId, version } = account;
      if (!secondFactor?.confirmed) return { account };
      if (code === undefined) throw new NatterError('second_factor_required');
      const used = afterUse(secondFactor, code, (typed) =>
        timeCodes.stepOf(typed, { ...secondFactor, ownerId }, now()),
      );
      if (used === undefined) throw new NatterError('wrong_code');
      const next = { ...account, secondFactor: used, version: version + 1 };
      if (await accounts.replaceSecondFactor(next)) return { account: next, ...leftIn(secondFactor, used) };
      account = await sameAs(before, accounts);
    }
    throw new NatterError('service_unavailable', { retryAfter: 1 });
  };
}

/** What becomes of a second factor by the use of a code; undefined for a code that is not good. */
function afterUse(
  factor: SecondFactor,
  code: string,
  stepOf: (code: string) => number | undefined,
): SecondFactor | undefined {
  const digits = code.replaceAll(/\s/g, '');
  if (/^\d{6}$/.test(digits)) {
    const step = stepOf(digits);
    return step !== undefined && step > factor.lastStep ? { ...factor, lastStep: step } : undefined;
  }
  const hash = hashRecoveryCode(code);
  if (!factor.recoveryHashes.includes(hash)) return undefined;
  return { ...factor, recoveryHashes: factor.recoveryHashes.filter((kept) => kept !== hash) };
}

function leftIn({ recoveryHashes: before }: SecondFactor, { recoveryHashes: left }: SecondFactor) {
  return left.length < before.length ? { recoveryCodesLeft: left.length } : {};
}

/** The account as it is now. The password that was found right has to be its password still. */
async function sameAs(before: Account, accounts: Pick<Accounts, 'findById'>): Promise<Account> {
  const account = await accounts.findById(before.id);
  if (account?.sessionEpoch === before.sessionEpoch) return account;
  throw new NatterError('service_unavailable', { retryAfter: 1 });
}
