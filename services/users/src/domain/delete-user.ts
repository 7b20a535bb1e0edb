import type { Account } from './account.ts';

/** What is left of an account: who it was, so that nobody else ever is, and the invite, so that it stays used. */
export function deletedAccount({ id, username, created, invite, version }: Account): Account {
  return {
    id,
    username,
    displayName: '',
    created,
    passwordHash: '',
    ...(invite !== undefined && { invite }),
    deleted: true,
    version: version + 1,
  };
}
