import type { ConversationLog } from '../domain/conversation-log.ts';

/**
 * What was appended after a moment has a time that is at most this much before it: clocks of processes differ, and an
 * entry gets its time when it is decided on, which is seconds before it is in the log at most.
 */
const marginMs = 60_000;

/**
 * The rev from which on a webhook for all conversations delivers one of them: nothing that was appended after `since` is
 * below it, and little else is above.
 *
 * Any place between an entry that is older than the margin and one that is not will do, for the older one was there
 * before `since`, and so were all below it, whatever their times say.
 */
export async function findStart(
  log: Pick<ConversationLog, 'readAfter'>,
  conversationId: string,
  { since, upTo }: { since: Date; upTo: number },
): Promise<number> {
  const bound = since.getTime() - marginMs;
  let [before, after] = [0, upTo + 1];
  while (before + 1 < after) {
    const middle = Math.floor((before + after) / 2);
    const [entry] = await log.readAfter(conversationId, middle - 1, 1);
    if (entry !== undefined && entry.at.getTime() < bound) before = middle;
    else after = middle;
  }
  return after;
}
