import type { ConversationLog } from '../domain/conversation-log.ts';
import type { MessageSearch } from '../domain/message-search.ts';
import type { Projections } from '../domain/projections.ts';
import { loadMessage } from '../log/load-message.ts';
import type { AppendedEntry } from './follow-entries.ts';

/**
 * Keeps the search up with the logs. An event says only which message changed: what it says now is read from the log,
 * so that events may come late, twice and in any order, and no text of a deleted message comes out of a stream.
 */
export function indexMessage({
  log,
  projections,
  search,
}: {
  log: ConversationLog;
  projections: Projections;
  search: MessageSearch;
}) {
  return async (entry: AppendedEntry): Promise<void> => {
    const seq = messageSeqOf(entry);
    if (seq === undefined) return;
    const message = await loadMessage(log, projections, entry.conversationId, seq);
    if (message === undefined) throw new Error(`Entry ${entry.rev} is about a message that is not there`);
    await search.index([message]);
  };
}

/** Of a reaction too: a message's document stands at the message's rev, so that whoever checks it can compare. */
function messageSeqOf(entry: AppendedEntry): number | undefined {
  if (entry.type === 'message.sent') return entry.seq;
  return 'seq' in entry.data ? entry.data.seq : undefined;
}
