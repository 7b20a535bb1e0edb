import type { ConversationLog } from '../domain/conversation-log.ts';
import { type Entry, messageSeqOf } from '../domain/entry.ts';
import type { MessagePlace, MessageSearch } from '../domain/message-search.ts';
import type { Projections } from '../domain/projections.ts';
import { loadMessage } from '../log/load-message.ts';

export interface IndexLostOptions {
  log: ConversationLog;
  projections: Projections;
  search: MessageSearch;
  /** Told how many messages the search did not know as they are. */
  onLost: (messages: number) => void;
}

/** Brings the search up to entries that it should know of by now, where it does not. */
export function indexLost({ log, projections, search, onLost }: IndexLostOptions) {
  return async (entries: readonly Entry[]): Promise<void> => {
    const lost = await search.findBehind(placesOf(entries));
    if (lost.length === 0) return;
    const messages = await Promise.all(
      lost.map(({ conversationId, seq }) => loadMessage(log, projections, conversationId, seq)),
    );
    // A change of a message that is not in the log is for `check` to tell of.
    await search.index(messages.filter((message) => message !== undefined));
    onLost(lost.length);
  };
}

/** Of each message that the entries are about, the latest of them. */
function placesOf(entries: readonly Entry[]): MessagePlace[] {
  const places = new Map<string, MessagePlace>();
  for (const entry of entries) {
    const seq = messageSeqOf(entry);
    if (seq === undefined) continue;
    const { conversationId, rev } = entry;
    const key = `${conversationId}:${seq}`;
    places.set(key, { conversationId, seq, rev: Math.max(rev, places.get(key)?.rev ?? 0) });
  }
  return [...places.values()];
}
