import type { OwnUser, User, UserProfile } from '@natter/contracts';
import type { Account } from './domain/account.ts';
import type { Profile } from './domain/profile.ts';

export function toUser(profile: Profile): User {
  return {
    id: profile.id,
    username: profile.username,
    displayName: profile.displayName,
    created: profile.created.toISOString(),
  };
}

export function toOwnUser(account: Account): OwnUser {
  const secondFactor = account.secondFactor?.confirmed ? 'on' : 'off';
  return { ...toUser(account), receipts: account.receipts, secondFactor };
}

/** By id only: a deleted user's names are not told any more. */
export function toDeletedUser({ id }: Profile) {
  return { id, username: 'deleted' as const, displayName: 'deleted' as const, deleted: true as const };
}

export function toUserProfile(profile: Profile): UserProfile {
  const { deleted, receipts, version } = profile;
  return { ...toUser(profile), ...(deleted && toDeletedUser(profile)), deleted, receipts, version };
}
