import { withoutLog } from '../audit/without-log.ts';
import type { LogArchive } from '../domain/log-archive.ts';

export interface Rebuilding {
  /** Told of everything that was looked at, and of whether it had to be repaired. */
  onDone: (repaired: boolean) => void;
  /** Told of what could not be put right; the others are all the same. */
  onFailure: (id: string, error: unknown) => void;
}

export interface Repairs {
  /** Where it is kept: whose conversations may have no log. */
  kept: { conversationIds(): AsyncIterable<readonly string[]> };
  /** Puts right what is kept for a conversation with a log. @returns whether it was not. */
  repair: (conversationId: string) => Promise<boolean>;
  /** Removes what is kept for one without. @returns whether there was anything. */
  remove: (conversationId: string) => Promise<boolean>;
}

/** Goes through all conversations, those that have a log and those of which only something is kept. */
export async function rebuildEach(
  log: LogArchive,
  { kept, repair, remove }: Repairs,
  rebuilding: Rebuilding,
): Promise<void> {
  for await (const ids of log.conversationIds()) {
    for (const id of ids) await attempt(id, repair, rebuilding);
  }
  for await (const ids of kept.conversationIds()) {
    for (const id of await withoutLog(log, ids)) await attempt(id, remove, rebuilding);
  }
}

async function attempt(
  id: string,
  rebuild: (conversationId: string) => Promise<boolean>,
  { onDone, onFailure }: Rebuilding,
): Promise<void> {
  try {
    onDone(await rebuild(id));
  } catch (error) {
    onFailure(id, error);
  }
}
