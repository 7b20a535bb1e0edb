import type { Bus } from '@natter/bus';
import type { Lifecycle } from '@natter/platform';
import { followUsers } from '../events/follow-users.ts';
import type { ConversationWriter } from '../log/conversation-writer.ts';
import type { MongoStorage } from '../storage/mongo-storage.ts';
import { leaveGroups } from '../users/leave-groups.ts';

export interface FollowingUsersNeeds {
  bus: Bus;
  storage: Pick<MongoStorage, 'profiles' | 'projections' | 'keepDeadLetter'>;
  writer: ConversationWriter;
}

/** Keeps what messaging knows of the users. */
export async function startFollowingUsers(
  lifecycle: Lifecycle,
  { bus, storage, writer }: FollowingUsersNeeds,
): Promise<void> {
  const { profiles, projections, keepDeadLetter: deadLetter } = storage;
  const consuming = await followUsers(bus, {
    profiles,
    leaveGroups: (userId) => leaveGroups({ projections, writer }, userId),
    deadLetter,
  });
  lifecycle.onStop('events of users', () => consuming.stop());
}
