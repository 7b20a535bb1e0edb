import type { Profile } from './profile.ts';

/** Port: the profiles that were written and not yet published. A write and its mark are one. */
export interface Outbox {
  /** Profiles that carry the mark, at most `limit`. */
  readMarked(limit: number): Promise<Profile[]>;
  /** Takes the mark off, unless the profile has changed since. */
  unmark(profile: Profile): Promise<void>;
}
