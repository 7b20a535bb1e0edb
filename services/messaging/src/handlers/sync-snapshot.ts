import type { Conversation as ConversationDto, Position } from '@natter/contracts';
import type { ConversationOverview } from '../domain/conversation-overview.ts';
import { fitPage } from '../domain/fit-page.ts';
import type { ListPosition } from '../domain/projections.ts';
import { syncMarginMs } from '../domain/sync-margin.ts';
import { revsKept } from '../log/position-after.ts';
import { viewConversations } from './conversation-view.ts';
import { readPage } from './message-page.ts';
import { maxPageBytes, weigh } from './page-weight.ts';
import { conversationsAtOnce, type SyncedPage } from './synced-page.ts';
import type { SyncingServices } from './syncing-services.ts';

type SnapshotPosition = Extract<Position, { kind: 'snapshot' }>;

interface SnapshotRequest {
  viewerId: string;
  position: SnapshotPosition | undefined;
  limit: number;
}

/** The user's conversations as they are, those with the latest message first, each with its newest page. */
export async function syncSnapshot(
  services: SyncingServices,
  { viewerId, position, limit }: SnapshotRequest,
): Promise<SyncedPage> {
  // Before anything is read: what changes while pages are read comes with the changes after them.
  const at = position?.at ?? (await services.changes.now());
  const atOnce = conversationsAtOnce(limit);
  const found = await services.projections.listOverviews(viewerId, atOnce + 1, afterOf(position));
  const shown = await show(services, viewerId, found.slice(0, atOnce), limit);
  const { end } = fitPage(shown.map(weigh), 0, maxPageBytes);
  const given = found.slice(0, end);
  const revs = { ...position?.revs, ...lateRevs(given, at) };
  const known = {
    epoch: services.epoch(),
    at,
    revs: Object.fromEntries(Object.entries(revs).slice(0, revsKept)),
  };
  const last = found.length > end ? given.at(-1) : undefined;
  return {
    conversations: shown.slice(0, end),
    position: last ? { kind: 'snapshot', ...known, beyond: placeOf(last) } : { kind: 'changes', ...known },
    hasMore: last !== undefined,
  };
}

const afterOf = (position: SnapshotPosition | undefined): ListPosition | undefined =>
  position && { active: new Date(position.beyond.active), id: position.beyond.id };

const placeOf = ({ active, id }: ConversationOverview) => ({ active: active.getTime(), id });

/** The revs of what would come again with the changes, since it changed shortly before. */
function lateRevs(overviews: readonly ConversationOverview[], at: number): Record<string, number> {
  const late = overviews.filter(({ updated }) => updated.getTime() > at - 2 * syncMarginMs);
  return Object.fromEntries(late.map(({ id, rev }) => [id, rev]));
}

async function show(
  services: SyncingServices,
  viewerId: string,
  overviews: readonly ConversationOverview[],
  limit: number,
) {
  const conversations = await viewConversations(services, viewerId, overviews);
  const pages = await Promise.all(
    overviews.map(({ id: conversationId, seq }) =>
      readPage(services, { viewerId, conversationId, seq, limit }),
    ),
  );
  return pages.map((messages, index) => ({
    conversation: conversations[index] as ConversationDto,
    messages,
  }));
}
