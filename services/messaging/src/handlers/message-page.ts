import type { MessagePage } from '@natter/contracts';
import { fitPage } from '../domain/fit-page.ts';
import type { Message } from '../domain/message.ts';
import { messageRange, type PagePosition } from '../domain/message-range.ts';
import { viewMessages } from './message-view.ts';
import { maxPageBytes, weigh } from './page-weight.ts';
import type { ReadingServices } from './reading-services.ts';

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
  { projections, directory, epoch }: ReadingServices,
  { viewerId, conversationId, seq, limit, position }: PageRequest,
): Promise<MessagePage> {
  const { from, to } = messageRange(seq, limit, position);
  const found = await projections.readMessages(conversationId, from, to);
  const messages = await viewMessages(directory, viewerId, found);
  const { start, end } = fitPage(messages.map(weigh), anchorOf(found, position), maxPageBytes);
  return {
    data: messages.slice(start, end),
    page: {
      hasBefore: from + start > 1 && seq > 0,
      hasAfter: to - (found.length - end) < seq,
      seq,
      epoch: epoch(),
      limit,
    },
  };
}

/** Where in the page the reader is looking. */
function anchorOf(messages: readonly Message[], position: PagePosition | undefined): number {
  const newest = Math.max(messages.length - 1, 0);
  if (position === undefined || 'before' in position) return newest;
  if ('after' in position) return 0;
  const around = messages.findIndex(({ seq }) => seq >= position.around);
  return around === -1 ? newest : around;
}
