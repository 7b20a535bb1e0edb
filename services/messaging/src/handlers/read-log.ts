import { type Handler, implement } from '@natter/bus';
import { type Entry as EntryDto, readLog } from '@natter/contracts';
import type { Entry } from '../domain/entry.ts';
import { fitPage } from '../domain/fit-page.ts';
import { findVisibleConversation } from './find-visible-conversation.ts';
import { usernameIn } from './message-view.ts';
import { maxPageBytes, weigh } from './page-weight.ts';
import type { ReadingServices } from './reading-services.ts';

export function handleReadLog(services: ReadingServices): Handler {
  return implement(readLog, async ({ callerId, conversation: ref, after, limit }) => {
    const { id, rev } = await findVisibleConversation(services, callerId, ref);
    const found = await services.log.readAfter(id, after, Math.min(limit, Math.max(rev - after, 0)));
    const entries = await viewEntries(services, found);
    const { end } = fitPage(entries.map(weigh), 0, maxPageBytes);
    const data = entries.slice(0, end);
    const hasAfter = (data.at(-1)?.rev ?? after) < rev;
    return { data, page: { hasAfter, rev, epoch: services.epoch(), limit } };
  });
}

/** Entries as clients see them. */
export async function viewEntries(
  { directory }: Pick<ReadingServices, 'directory'>,
  entries: readonly Entry[],
): Promise<EntryDto[]> {
  const profiles = await directory.profilesOf([...new Set(entries.map(({ actorId }) => actorId))]);
  return entries.map(({ id: _id, key: _key, ...entry }) => {
    const view = { ...entry, actor: usernameIn(profiles, entry.actorId), at: entry.at.toISOString() };
    return view as EntryDto;
  });
}
