import { type Handler, implement } from '@natter/bus';
import { readEntries } from '@natter/contracts';
import { fitPage } from '../domain/fit-page.ts';
import { viewEntries } from './entry-view.ts';
import { maxPageBytes, weigh } from './page-weight.ts';
import type { ReadingServices } from './reading-services.ts';

export function handleReadEntries({
  log,
  projections,
  directory,
}: Pick<ReadingServices, 'log' | 'projections' | 'directory'>): Handler {
  return implement(readEntries, async ({ conversationId, after, limit }) => {
    const rev = (await projections.findConversation(conversationId))?.rev ?? 0;
    const found = await log.readAfter(conversationId, after, Math.min(limit, Math.max(rev - after, 0)));
    const entries = await viewEntries(directory, found);
    const { end } = fitPage(entries.map(weigh), 0, maxPageBytes);
    return { entries: entries.slice(0, end), rev };
  });
}
