import type { Bus, ConsumeOptions, Consuming } from '@natter/bus';
import { messagingDurables, userChanged } from '@natter/contracts';
import type { Profiles } from '../domain/user-directory.ts';
import { profileOf } from '../users/profile-of.ts';

export interface FollowUsersOptions {
  profiles: Profiles;
  /** Takes somebody whose account is deleted out of their groups; harmless when repeated. */
  leaveGroups: (userId: string) => Promise<void>;
  deadLetter: ConsumeOptions<typeof userChanged>['deadLetter'];
}

/** Keeps the projection of users, and does what their going asks for. */
export function followUsers(
  bus: Bus,
  { profiles, leaveGroups, deadLetter }: FollowUsersOptions,
): Promise<Consuming> {
  return bus.consume(userChanged, {
    durable: messagingDurables.profiles,
    deadLetter,
    handle: async (user) => {
      await profiles.save([profileOf(user)]);
      if (user.deleted) await leaveGroups(user.id);
    },
  });
}
