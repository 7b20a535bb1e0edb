import { type Handler, implement } from '@natter/bus';
import { readLog } from '@natter/contracts';
import { fitPage } from '../domain/fit-page.ts';
import { viewEntries } from './entry-view.ts';
import { findVisibleConversation } from './find-visible-conversation.ts';
import { maxPageBytes, weigh } from './page-weight.ts';
import type { ReadingServices } from './reading-services.ts';

export function handleReadLog(services: ReadingServices): Handler {
  return implement(readLog, async ({ callerId, conversation: ref, after, limit }) => {
    const { id, rev } = await findVisibleConversation(services, callerId, ref);
    const found = await services.log.readAfter(id, after, Math.min(limit, Math.max(rev - after, 0)));
    const entries = await viewEntries(services.directory, found);
    const { end } = fitPage(entries.map(weigh), 0, maxPageBytes);
    const data = entries.slice(0, end);
    const hasAfter = (data.at(-1)?.rev ?? after) < rev;
    return { data, page: { hasAfter, rev, epoch: services.epoch(), limit } };
  });
}
