import type { Conversation, Entry as EntryDto, LivePosition, SyncedConversation } from '@natter/contracts';
import { fitPage } from '../domain/fit-page.ts';
import { syncMarginMs } from '../domain/sync-margin.ts';
import { positionAfter } from '../log/position-after.ts';
import { type Change, readChanges } from '../log/read-changes.ts';
import { viewConversations } from './conversation-view.ts';
import { viewEntries } from './entry-view.ts';
import { maxPageBytes, weigh } from './page-weight.ts';
import { conversationsAtOnce, type SyncedPage } from './synced-page.ts';
import type { SyncingServices } from './syncing-services.ts';

interface ChangesRequest {
  viewerId: string;
  position: LivePosition;
  limit: number;
}

/** What changed for a user since a position: as many conversations as fit into one page. */
export async function syncChanges(
  services: SyncingServices,
  { viewerId: userId, position, limit }: ChangesRequest,
): Promise<SyncedPage> {
  const conversations = conversationsAtOnce(limit);
  const page = await readChanges(services, { userId, position, conversations, entries: limit });
  const changed = page.looked.filter(({ change }) => change !== undefined);
  const shown = await show(
    services,
    userId,
    changed.flatMap(({ change }) => change ?? []),
  );
  const { end } = fitPage(shown.map(weigh), 0, maxPageBytes);
  const firstLeft = changed[end];
  const next = positionAfter(position, page, firstLeft ? page.looked.indexOf(firstLeft) : page.looked.length);
  const hasMore = next.beyond !== undefined || (await isLongAgo(services, position, page.began));
  return { conversations: shown.slice(0, end), position: next, hasMore };
}

/** Whoever ends a run that they began long ago has yet to be told what came since. */
async function isLongAgo(
  { changes }: SyncingServices,
  { beyond }: LivePosition,
  began: number,
): Promise<boolean> {
  return beyond !== undefined && (await changes.now()) - began > syncMarginMs;
}

async function show(
  services: SyncingServices,
  viewerId: string,
  changes: readonly Change[],
): Promise<SyncedConversation[]> {
  const [conversations, entries] = await Promise.all([
    viewConversations(
      services,
      viewerId,
      changes.flatMap(({ overview }) => overview ?? []),
    ),
    viewEntries(
      services.directory,
      changes.flatMap((change) => change.entries),
    ),
  ]);
  const views = new Map(conversations.map((conversation) => [conversation.id, conversation]));
  const byConversation = Map.groupBy(entries, ({ conversationId }) => conversationId);
  return changes.map((change) =>
    showOne(change, views.get(change.conversationId), byConversation.get(change.conversationId) ?? []),
  );
}

function showOne(
  { conversationId: id, rev }: Change,
  conversation: Conversation | undefined,
  entries: readonly EntryDto[],
): SyncedConversation {
  const sizes = entries.map(weigh);
  if (conversation === undefined) {
    const { start, end } = fitPage(sizes, Math.max(entries.length - 1, 0), maxPageBytes);
    // Only a group can be left.
    const left = { id, kind: 'group' as const, left: true as const };
    return { conversation: left, entries: entries.slice(start, end), hasMore: false };
  }
  const shown = entries.slice(0, fitPage(sizes, 0, maxPageBytes).end);
  return { conversation, entries: shown, hasMore: (shown.at(-1)?.rev ?? rev) < rev };
}
