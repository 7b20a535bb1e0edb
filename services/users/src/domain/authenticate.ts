import { NatterError } from '@natter/contracts';
import type { Account, Accounts } from './account.ts';
import type { Passwords } from './passwords.ts';

export interface Credentials {
  /** Folded. */
  username: string;
  password: string;
}

/** @throws {NatterError} `invalid_credentials`, or what {@link Passwords.verify} throws. */
export type Authenticate = (credentials: Credentials | undefined) => Promise<Account>;

/**
 * Tells whose credentials these are; undefined stands for some that nobody can have. Whatever is wrong with
 * them, the work and the error are the same, so that neither tells whether there is such a user, or one that is disabled.
 */
export function createAuthenticate(accounts: Accounts, passwords: Passwords): Authenticate {
  return async (credentials) => {
    const account = credentials && (await accounts.findByUsername(credentials.username));
    const right = await passwords.verify(account?.passwordHash, credentials?.password ?? '');
    if (account === undefined || account.disabled || !right) throw new NatterError('invalid_credentials');
    return account;
  };
}
