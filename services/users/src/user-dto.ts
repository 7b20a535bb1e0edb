import type { User, UserProfile } from '@natter/contracts';
import type { Profile } from './domain/profile.ts';

export function toUser(profile: Profile): User {
  return {
    id: profile.id,
    username: profile.username,
    displayName: profile.displayName,
    created: profile.created.toISOString(),
  };
}

export function toUserProfile(profile: Profile): UserProfile {
  return { ...toUser(profile), deleted: false, version: profile.version };
}
