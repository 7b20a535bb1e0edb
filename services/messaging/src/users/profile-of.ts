import type { UserProfile } from '@natter/contracts';
import type { Profile } from '../domain/user-directory.ts';

/** What the users service says of a user, as messaging keeps it. */
export function profileOf({ created, ...profile }: UserProfile): Profile {
  return { ...profile, created: new Date(created) };
}
