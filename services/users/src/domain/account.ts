import type { Profile } from './profile.ts';

/** A profile and what proves that one is its owner. */
export interface Account extends Profile {
  /** In PHC string format. */
  readonly passwordHash: string;
}

/** Port: the accounts that there are. */
export interface Accounts {
  /**
   * Keeps a new account, durably before it resolves, and in the same write marks it for the outbox.
   *
   * @returns false when the username is taken. Of any number of simultaneous calls for one name, in however many
   * processes, exactly one gets true.
   */
  add(account: Account): Promise<boolean>;
  /** The account of a folded username, read as of now: a password that was changed does not count any more. */
  findByUsername(username: string): Promise<Account | undefined>;
}
