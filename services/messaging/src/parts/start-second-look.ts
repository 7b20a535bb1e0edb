import { type Lifecycle, repeat } from '@natter/platform';
import type { Entry } from '../domain/entry.ts';
import { indexLost } from '../events/index-lost.ts';
import { SecondLook } from '../events/second-look.ts';
import { seeOffDeleted } from '../events/see-off-deleted.ts';
import type { ConversationWriter } from '../log/conversation-writer.ts';
import type { MongoStorage } from '../storage/mongo-storage.ts';

const lookEveryMs = 5_000;

export interface SecondLookNeeds {
  storage: Pick<MongoStorage, 'appended' | 'log' | 'projections' | 'search' | 'profiles'>;
  writer: ConversationWriter;
  /** Tells webhooks of an entry. */
  announce: (entry: Entry) => Promise<unknown>;
}

/** Finds what nobody was told of: an event that NATS lost, or an entry that a process of an older version relayed. */
export function startSecondLook(lifecycle: Lifecycle, { storage, writer, announce }: SecondLookNeeds): void {
  const { log, projections, search, profiles, appended: entries } = storage;
  const { stopping, owner } = lifecycle;
  const { logger } = owner;
  const seeOff = seeOffDeleted({ profiles, writer });
  const second = new SecondLook({
    entries,
    handlers: [
      indexLost({
        log,
        projections,
        search,
        onLost: (messages) => logger.warn({ messages }, 'the search had not heard of messages; it has now'),
      }),
      (appended) => Promise.all(appended.map(announce)),
      async (appended) => {
        for (const entry of appended) await seeOff(entry);
      },
    ],
    now: () => new Date(),
  });
  const looking = repeat(() => second.look(stopping), {
    everyMs: lookEveryMs,
    onFailure: (error) => {
      if (!stopping.aborted) logger.warn({ err: error }, 'could not look at entries once more; trying on');
    },
  });
  lifecycle.onStop('the second look', () => looking.stop());
}
