import { type Handler, implement } from '@natter/bus';
import { listConversations } from '@natter/contracts';
import { decodeCursor, encodeCursor, numberIn } from '../domain/cursor.ts';
import { fitPage } from '../domain/fit-page.ts';
import type { ListPosition } from '../domain/projections.ts';
import { viewConversations } from './conversation-view.ts';
import { maxPageBytes, weigh } from './page-weight.ts';
import type { ReadingServices } from './reading-services.ts';

export function handleListConversations(services: ReadingServices): Handler {
  return implement(listConversations, async ({ callerId, limit, cursor }) => {
    const after = cursor === undefined ? undefined : positionIn(callerId, cursor);
    // One more than the page holds, to know whether there is another.
    const found = await services.projections.listOverviews(callerId, limit + 1, after);
    const views = await viewConversations(services, callerId, found.slice(0, limit));
    const { end } = fitPage(views.map(weigh), 0, maxPageBytes);
    const last = found.length > end ? found[end - 1] : undefined;
    return {
      conversations: views.slice(0, end),
      next: last === undefined ? null : cursorAt(callerId, last),
    };
  });
}

function cursorAt(callerId: string, { active, id }: ListPosition): string {
  return encodeCursor('conversations', callerId, [String(active.getTime()), id]);
}

function positionIn(callerId: string, cursor: string): ListPosition {
  const [active, id = ''] = decodeCursor('conversations', callerId, cursor);
  return { active: new Date(numberIn(active)), id };
}
