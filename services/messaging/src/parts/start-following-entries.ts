import type { Bus, Consuming } from '@natter/bus';
import type { Lifecycle } from '@natter/platform';
import { type FollowEntriesOptions, followEntries } from '../events/follow-entries.ts';
import { indexMessage } from '../events/index-message.ts';
import { seeOffDeleted } from '../events/see-off-deleted.ts';
import type { ConversationWriter } from '../log/conversation-writer.ts';
import type { MongoStorage } from '../storage/mongo-storage.ts';

export interface FollowingEntriesNeeds {
  bus: Bus;
  storage: Pick<MongoStorage, 'log' | 'projections' | 'search' | 'profiles' | 'keepDeadLetter'>;
  writer: ConversationWriter;
  /** Tells webhooks of an entry. */
  announce: FollowEntriesOptions['handlers'][number];
}

/** Does for every entry what no command waits for: it goes to webhooks, and can be searched. */
export async function startFollowingEntries(
  lifecycle: Lifecycle,
  { bus, storage, writer, announce }: FollowingEntriesNeeds,
): Promise<Consuming> {
  const { log, projections, search, profiles, keepDeadLetter: deadLetter } = storage;
  const following = await followEntries(bus, {
    log,
    handlers: [announce, indexMessage({ log, projections, search }), seeOffDeleted({ profiles, writer })],
    deadLetter,
  });
  lifecycle.onStop('events of messaging', () => following.stop());
  return following;
}
