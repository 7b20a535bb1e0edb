import { type Handler, implement } from '@natter/bus';
import { beginSecondFactor, NatterError } from '@natter/contracts';
import type { Accounts } from '../domain/account.ts';
import type { Passwords } from '../domain/passwords.ts';
import { pendingSecondFactor, type TimeCodes } from '../domain/second-factor.ts';
import { findOpenAccount } from './find-open-account.ts';

export function handleBeginSecondFactor(
  accounts: Accounts,
  passwords: Passwords,
  timeCodes: TimeCodes,
): Handler {
  return implement(beginSecondFactor, async ({ callerId, password }) => {
    const account = await findOpenAccount(accounts, callerId);
    if (account.secondFactor?.confirmed) throw new NatterError('second_factor_on');
    if (!(await passwords.verify(account.passwordHash, password))) throw new NatterError('wrong_password');
    const { seals, secret, uri } = timeCodes.create(account);
    const next = { ...account, secondFactor: pendingSecondFactor(seals), version: account.version + 1 };
    // The caller looks at the account again.
    if (!(await accounts.replaceSecondFactor(next)))
      throw new NatterError('service_unavailable', { retryAfter: 1 });
    return { secret, uri };
  });
}
