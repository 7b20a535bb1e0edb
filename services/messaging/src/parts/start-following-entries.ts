import type { Bus, Consuming } from '@natter/bus';
import type { Lifecycle } from '@natter/platform';
import { followEntries } from '../events/follow-entries.ts';
import { indexMessage } from '../events/index-message.ts';
import { seeOffDeleted } from '../events/see-off-deleted.ts';
import type { ConversationWriter } from '../log/conversation-writer.ts';
import type { MongoStorage } from '../storage/mongo-storage.ts';

export interface FollowingEntriesNeeds {
  bus: Bus;
  storage: Pick<MongoStorage, 'log' | 'projections' | 'search' | 'profiles' | 'keepDeadLetter'>;
  writer: ConversationWriter;
}

/** Does for every entry what no command waits for: it can be searched, and who is deleted is seen off. */
export async function startFollowingEntries(
  lifecycle: Lifecycle,
  { bus, storage, writer }: FollowingEntriesNeeds,
): Promise<Consuming> {
  const { log, projections, search, profiles, keepDeadLetter: deadLetter } = storage;
  const following = await followEntries(bus, {
    log,
    handlers: [indexMessage({ log, projections, search }), seeOffDeleted({ profiles, writer })],
    deadLetter,
  });
  lifecycle.onStop('events of messaging', () => following.stop());
  return following;
}
