import type { MessagePage } from '@natter/contracts';
import type { ConversationLog } from '../domain/conversation-log.ts';
import type { MessageEntry } from '../domain/entry.ts';
import { fitPage } from '../domain/fit-page.ts';
import { messageRange, type PagePosition } from '../domain/message-range.ts';
import type { UserDirectory } from '../domain/user-directory.ts';
import { viewMessages } from './message-view.ts';

/** What one page may weigh as JSON, in bytes: NATS carries 1 MiB unless it is told otherwise. */
const maxPageBytes = 768 * 1024;

export interface PageRequest {
  viewerId: string;
  conversationId: string;
  /** The conversation's number of messages. */
  seq: number;
  limit: number;
  position?: PagePosition | undefined;
}

/**
 * Reads one page of messages: as many documents as messages, wherever it lies. Where the texts are very long the
 * page has fewer messages than asked for, those nearest to its position.
 */
export async function readPage(
  { log, directory }: { log: ConversationLog; directory: UserDirectory },
  { viewerId, conversationId, seq, limit, position }: PageRequest,
): Promise<MessagePage> {
  const { from, to } = messageRange(seq, limit, position);
  const entries = await log.readMessages(conversationId, from, to);
  const usernames = await directory.usernamesOf([...new Set(entries.map(({ actorId }) => actorId))]);
  const messages = viewMessages(usernames, viewerId, entries);
  const sizes = messages.map((message) => Buffer.byteLength(JSON.stringify(message)));
  const { start, end } = fitPage(sizes, anchorOf(entries, position), maxPageBytes);
  return {
    data: messages.slice(start, end),
    page: { hasBefore: from + start > 1 && seq > 0, hasAfter: to - (entries.length - end) < seq, seq, limit },
  };
}

/** Where in the page the reader is looking. */
function anchorOf(entries: readonly MessageEntry[], position: PagePosition | undefined): number {
  const newest = Math.max(entries.length - 1, 0);
  if (position === undefined || 'before' in position) return newest;
  if ('after' in position) return 0;
  const around = entries.findIndex((entry) => entry.seq >= position.around);
  return around === -1 ? newest : around;
}
