import { NatterError } from '@natter/contracts';
import type { Account, Accounts } from '../domain/account.ts';

/** The account of somebody who asks. @throws {NatterError} `user_not_found` where it is deleted or disabled by now. */
export async function findOpenAccount(accounts: Pick<Accounts, 'findById'>, id: string): Promise<Account> {
  const account = await accounts.findById(id);
  if (account === undefined || account.deleted || account.disabled) throw new NatterError('user_not_found');
  return account;
}
