import { isDeepStrictEqual } from 'node:util';
import { NatterError, type Receipts } from '@natter/contracts';
import type { Account, Accounts } from './account.ts';

/** Each of them failed only because somebody else changed the account at the same moment. */
const maxAttempts = 5;

export interface UpdateUser {
  id: string;
  displayName?: string | undefined;
  receipts?: Receipts | undefined;
}

/**
 * Gives a user another display name, or another choice about receipts: whatever is given.
 *
 * @returns the account as it is then; `changed` tells whether it is another than before.
 * @throws {NatterError} `user_not_found`
 */
export async function updateUser(
  accounts: Accounts,
  { id, displayName, receipts }: UpdateUser,
): Promise<{ account: Account; changed: boolean }> {
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const account = await accounts.findById(id);
    if (account === undefined || account.deleted) throw new NatterError('user_not_found');
    const chosen = {
      displayName: displayName ?? account.displayName,
      receipts: receipts ?? account.receipts,
    };
    const next = { ...account, ...chosen };
    if (isDeepStrictEqual(next, account)) return { account, changed: false };
    const versioned = { ...next, version: account.version + 1 };
    if (await accounts.replace(versioned)) return { account: versioned, changed: true };
  }
  throw new NatterError('service_unavailable', { retryAfter: 1 });
}
