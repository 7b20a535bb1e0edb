import type { Receipts } from '@natter/contracts';

/** What messaging keeps of a user. */
export interface Profile {
  id: string;
  username: string;
  displayName: string;
  created: Date;
  deleted: boolean;
  /** Whether others see how far they have read. */
  receipts: Receipts;
  /** The higher one wins. */
  version: number;
}

/** A projection of the users that messaging has heard of, the deleted too; any of them may be missing. */
export interface Profiles {
  findByIds(ids: readonly string[]): Promise<Profile[]>;
  /** Names of deleted users are nobody's. */
  findByUsernames(usernames: readonly string[]): Promise<Profile[]>;
  /** Keeps each profile unless a newer version of it is kept already. */
  save(profiles: readonly Profile[]): Promise<void>;
}

/** Who is who. Deleted users are nobody here, and so is, for who asks, whomever the directory policy hides from them. */
export interface UserDirectory {
  /** @throws {NatterError} `user_not_found`. */
  idOf(viewerId: string, username: string): Promise<string>;

  /** @throws {NatterError} `user_not_found` when one of them is nobody's name. */
  idsOf(viewerId: string, usernames: readonly string[]): Promise<string[]>;

  /**
   * The ids of those whom messaging has heard of, in the order of their names: nobody is asked about the others. The
   * policy hides none of them, so the answer is for those alone who know already whether there is such a user.
   */
  knownIdsOf(usernames: readonly string[]): Promise<string[]>;

  /** The profiles, by id, of those who exist. */
  profilesOf(ids: readonly string[]): Promise<ReadonlyMap<string, Profile>>;
}
