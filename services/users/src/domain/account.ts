import type { Profile } from './profile.ts';
import type { SecondFactor } from './second-factor.ts';

/** A profile and what proves that one is its owner. */
export interface Account extends Profile {
  /** In PHC string format. */
  readonly passwordHash: string;
  /** The hash of the invite that it was made with, if it was. */
  readonly invite?: string;
  /** In force, or yet to be confirmed. */
  readonly secondFactor?: SecondFactor;
  /** Whether the operator has closed it: then nothing opens it. */
  readonly disabled: boolean;
  /** Grows whenever all sessions that were made before are to end. */
  readonly sessionEpoch: number;
}

/** Port: the accounts that there are. */
export interface Accounts {
  /**
   * Keeps a new account, durably before it resolves, and in the same write marks it for the outbox.
   *
   * @returns false when the username is taken, or one that looks like it (`usernameSkeletonOf`). Of any number of
   * simultaneous calls for one name, in however many processes, exactly one gets true.
   * @throws {NatterError} `registration_closed` when another account was made with its invite; of simultaneous ones
   * exactly one is made. An account that is not made uses no invite up.
   */
  add(account: Account): Promise<boolean>;
  /**
   * The account of a folded username, read as of now: a password that was changed does not count any more, nor an
   * account that is deleted.
   */
  findByUsername(username: string): Promise<Account | undefined>;
  /** The same by id, but a deleted account is found. */
  findById(id: string): Promise<Account | undefined>;
  /**
   * Puts the next version in place of the one before it, durably, and marks it for the outbox in the same write.
   *
   * @returns false when the version before it is not the current one.
   */
  replace(next: Account): Promise<boolean>;
  /**
   * The same of its second factor alone, or that it has none: nobody else is told of that, so nothing is marked, and a mark
   * that is there stays. Of any number of simultaneous calls with the same version, in however many processes, at most
   * one gets true.
   */
  replaceSecondFactor(next: Account): Promise<boolean>;
  /** Who has a second factor in force, by id, from after one on. */
  listWithSecondFactor(limit: number, afterId?: string): Promise<Account[]>;
}
