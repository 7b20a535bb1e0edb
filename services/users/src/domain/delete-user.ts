import type { Account } from './account.ts';

/** What is left of an account: who it was, so that nobody else ever is, and the invite, so that it stays used. */
export function deletedAccount(account: Account): Account {
  const { id, username, created, receipts, invite, sessionEpoch, version } = account;
  return {
    id,
    username,
    displayName: '',
    created,
    receipts,
    passwordHash: '',
    ...(invite !== undefined && { invite }),
    disabled: false,
    sessionEpoch: sessionEpoch + 1,
    deleted: true,
    version: version + 1,
  };
}
