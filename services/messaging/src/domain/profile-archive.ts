import type { Profile } from './user-directory.ts';

/** The projection of users for whoever repairs it; what goes for `ProjectionArchive` goes for it. */
export interface ProfileArchive {
  ids(): AsyncIterable<readonly string[]>;

  find(ids: readonly string[]): Promise<Profile[]>;

  /** Puts the profile in place of the one at `seenVersion`; with none seen, where there is none. */
  replace(profile: Profile, seenVersion: number | undefined): Promise<void>;

  remove(ids: readonly string[]): Promise<void>;
}

/** The users service, which knows them all. */
export interface ProfileOrigin {
  all(): AsyncIterable<readonly Profile[]>;

  /** Those of them who ever were, in any order. */
  byIds(ids: readonly string[]): Promise<Profile[]>;
}
