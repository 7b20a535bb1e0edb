import type { Account } from './account.ts';

export interface CreateUser {
  id: string;
  /** Folded. */
  username: string;
  displayName: string | undefined;
  passwordHash: string;
  /** The hash of the invite that it is made with. */
  invite?: string | undefined;
  at: Date;
}

/** A new account, known by its username until it says otherwise. */
export function newAccount({ id, username, displayName, passwordHash, invite, at }: CreateUser): Account {
  return {
    id,
    username,
    displayName: displayName ?? username,
    passwordHash,
    ...(invite !== undefined && { invite }),
    disabled: false,
    sessionEpoch: 0,
    created: at,
    receipts: 'shared',
    deleted: false,
    version: 1,
  };
}
