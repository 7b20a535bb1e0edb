/** What messaging keeps of a user's public profile. */
export interface Profile {
  id: string;
  username: string;
  /** The higher one wins. */
  version: number;
}

/** A projection of the users that messaging has heard of; any of them may be missing. */
export interface Profiles {
  findByIds(ids: readonly string[]): Promise<Profile[]>;
  findByUsernames(usernames: readonly string[]): Promise<Profile[]>;
  /** Keeps each profile unless a newer version of it is kept already. */
  save(profiles: readonly Profile[]): Promise<void>;
}

/** Who is who. */
export interface UserDirectory {
  /** @throws {NatterError} `user_not_found`. */
  idOf(username: string): Promise<string>;

  /** The usernames, by id, of those who exist. */
  usernamesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
}
