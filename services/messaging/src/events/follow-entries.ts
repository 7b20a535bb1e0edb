import type { Bus, ConsumeOptions, Consuming } from '@natter/bus';
import { entryAppended, messagingDurables, type PayloadOf } from '@natter/contracts';
import type { ConversationLog } from '../domain/conversation-log.ts';

/** How many unpublished entries are counted at most: a search is no time to count all of a long outage. */
const mostUnpublished = 500;

export type AppendedEntry = PayloadOf<typeof entryAppended>;

export interface FollowEntriesOptions {
  log: ConversationLog;
  /** What is done for every entry, one after the other; each bears repetition, and any order of entries. */
  handlers: readonly ((entry: AppendedEntry) => Promise<void>)[];
  deadLetter: ConsumeOptions<typeof entryAppended>['deadLetter'];
}

/** Does what can wait until an entry was published: no command pays for it. */
export async function followEntries(
  bus: Bus,
  { log, handlers, deadLetter }: FollowEntriesOptions,
): Promise<Consuming> {
  const consuming = await bus.consume(entryAppended, {
    durable: messagingDurables.entries,
    deadLetter: (letter) => deadLetter({ ...letter, payload: withoutTexts(letter.payload) }),
    handle: async (entry) => {
      for (const handle of handlers) await handle(entry);
    },
  });
  return {
    stop: () => consuming.stop(),
    // In the order in which an entry goes on, so that none is missed between the two.
    behind: async () => (await log.countMarked(mostUnpublished)) + (await consuming.behind()),
  };
}

/** Texts stay in the log, where a deletion finds them. */
function withoutTexts(payload: string): string {
  return payload.replaceAll(/"content":"(?:[^"\\]|\\.)*"/g, '"content":""');
}
