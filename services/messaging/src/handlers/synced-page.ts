import type { Position, SyncedConversation } from '@natter/contracts';

/** A page of what a client missed, and where it has got to with it. */
export interface SyncedPage {
  conversations: SyncedConversation[];
  position: Position;
  hasMore: boolean;
}

/** A page is read for so many entries, or messages, at most; some may be left out of it for their size. */
const itemsRead = 1_000;

const maxConversations = 50;

/** How many conversations a page has at most, with so many entries, or messages, of each. */
export function conversationsAtOnce(limit: number): number {
  return Math.min(Math.max(Math.floor(itemsRead / limit), 1), maxConversations);
}
