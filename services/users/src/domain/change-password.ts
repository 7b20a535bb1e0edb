import type { Account } from './account.ts';

/** The account with another password, which no session of before outlives by itself. */
export function withPassword(account: Account, passwordHash: string): Account {
  const { sessionEpoch, version } = account;
  return { ...account, passwordHash, sessionEpoch: sessionEpoch + 1, version: version + 1 };
}
