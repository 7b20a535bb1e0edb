import type { Account } from './account.ts';

/** What is left of an account: who it was, so that nobody else ever is. */
export function deletedAccount({ id, username, created, version }: Account): Account {
  return { id, username, displayName: '', created, passwordHash: '', deleted: true, version: version + 1 };
}
