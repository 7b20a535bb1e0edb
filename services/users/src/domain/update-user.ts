import { NatterError } from '@natter/contracts';
import type { Account, Accounts } from './account.ts';

/** Each of them failed only because somebody else changed the account at the same moment. */
const maxAttempts = 5;

export interface UpdateUser {
  id: string;
  displayName: string;
}

/**
 * Gives a user another display name.
 *
 * @returns the account as it is then; `changed` tells whether it is another than before.
 * @throws {NatterError} `user_not_found`
 */
export async function updateUser(
  accounts: Accounts,
  { id, displayName }: UpdateUser,
): Promise<{ account: Account; changed: boolean }> {
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const account = await accounts.findById(id);
    if (account === undefined || account.deleted) throw new NatterError('user_not_found');
    if (account.displayName === displayName) return { account, changed: false };
    const next = { ...account, displayName, version: account.version + 1 };
    if (await accounts.replace(next)) return { account: next, changed: true };
  }
  throw new NatterError('service_unavailable', { retryAfter: 1 });
}
