import type { Account } from './account.ts';

/** What is left of an account: who it was, so that nobody else ever is. */
export function deletedAccount({ id, username, created, sessionEpoch, version }: Account): Account {
  return {
    id,
    username,
    displayName: '',
    created,
    passwordHash: '',
    disabled: false,
    sessionEpoch: sessionEpoch + 1,
    deleted: true,
    version: version + 1,
  };
}
