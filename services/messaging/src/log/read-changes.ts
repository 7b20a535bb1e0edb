import type { LivePosition } from '@natter/contracts';
import {
  type ChangePlace,
  type ChangeRange,
  type Changes,
  comparePlaces,
  type TouchedMembership,
} from '../domain/changes.ts';
import type { ConversationLog } from '../domain/conversation-log.ts';
import type { ConversationOverview } from '../domain/conversation-overview.ts';
import type { Entry } from '../domain/entry.ts';
import { syncMarginMs } from '../domain/sync-margin.ts';
import { findStart } from './find-start.ts';

export interface ChangesRequest {
  userId: string;
  position: LivePosition;
  /** Conversations at most that are looked at. */
  conversations: number;
  /** Entries of one conversation at most. */
  entries: number;
}

/** What of one conversation changed for a user: a member of it, or someone who was one. */
export interface Change {
  conversationId: string;
  /** Undefined for whoever is a member no more. */
  overview: ConversationOverview | undefined;
  /** Up to which rev the log has to be read after these. */
  rev: number;
  entries: readonly Entry[];
}

/** One of the conversations that were looked at. */
interface Looked {
  conversationId: string;
  /** When it changed last, or the end of what is settled. */
  changed: number;
  /** What came before it in the order of changes: a page that ends there has not looked at it. */
  before: ChangePlace;
  /** The rev up to which everything has been given once the change is; undefined where nothing is there to be given. */
  rev: number | undefined;
  /** Undefined where there is nothing new. */
  change: Change | undefined;
}

export interface ChangesPage {
  /** When the first page of the run was begun. */
  began: number;
  looked: readonly Looked[];
  /** The last that was looked at, where there may be more. */
  beyond: ChangePlace | undefined;
}

interface Candidate {
  id: string;
  changed: number;
  before: ChangePlace;
  membership: TouchedMembership | undefined;
}

/**
 * All that changed for a user since a position, or a page of it. docs/decisions/0026-sync.md says why it misses
 * nothing. The work follows from what was touched since the position, not from how much there is.
 */
export async function readChanges(
  { changes, log }: { changes: Changes; log: Pick<ConversationLog, 'readAfter'> },
  request: ChangesRequest,
): Promise<ChangesPage> {
  const { position, userId } = request;
  // Before anything is read: what was not there to be read then, the next run finds.
  const began = position.beyond?.began ?? (await changes.now());
  const { candidates, beyond } = await findCandidates(changes, request, rangeOf(position, began));
  const overviews = await changes.findOverviews(
    userId,
    candidates.map(({ id }) => id),
  );
  const byId = new Map(overviews.map((overview) => [overview.id, overview]));
  const looked = await Promise.all(
    candidates.map((candidate) => look({ changes, log }, request, candidate, byId.get(candidate.id))),
  );
  return { began, looked, beyond };
}

const watermarkOf = ({ at }: LivePosition): number => Math.max(at - syncMarginMs, 0);

/** Nothing that comes to be read after a run has begun has an older stamp than the margin is wide. */
function rangeOf(position: LivePosition, began: number): ChangeRange {
  const settled = Math.max(began - syncMarginMs, 0);
  const first = { changed: Math.min(watermarkOf(position), settled), id: '' };
  return { after: position.beyond ?? first, settled };
}

async function findCandidates(
  changes: Changes,
  { userId, conversations: limit }: ChangesRequest,
  range: ChangeRange,
): Promise<{ candidates: Candidate[]; beyond: ChangePlace | undefined }> {
  const [conversations, memberships] = await Promise.all([
    changes.touchedConversations(userId, range, limit + 1),
    changes.touchedMemberships(userId, range, limit + 1),
  ]);
  const events = [...conversations, ...memberships].toSorted(comparePlaces);
  const found = events.slice(0, limit);
  const last = found.at(-1);
  const tied = events[limit];
  // A conversation and a membership of it at the same place: a page ends before both or after both.
  if (last && tied && comparePlaces(last, tied) === 0) found.push(tied);
  const beyond = found.length < events.length ? last : undefined;
  return { candidates: candidatesIn(found, range.after), beyond: beyond && placeOf(beyond) };
}

/** Each conversation once, by the first of what happened to it. */
function candidatesIn(events: readonly (ChangePlace | TouchedMembership)[], after: ChangePlace): Candidate[] {
  const candidates = new Map<string, Candidate>();
  for (const [index, event] of events.entries()) {
    const { id, changed } = event;
    const before = candidates.get(id)?.before ?? placeOf(events[index - 1] ?? after);
    const membership = 'left' in event ? event : candidates.get(id)?.membership;
    candidates.set(id, { id, changed, before, membership });
  }
  return [...candidates.values()];
}

const placeOf = ({ changed, id }: ChangePlace): ChangePlace => ({ changed, id });

async function look(
  ports: { changes: Changes; log: Pick<ConversationLog, 'readAfter'> },
  request: ChangesRequest,
  { id: conversationId, changed, before, membership }: Candidate,
  overview: ConversationOverview | undefined,
): Promise<Looked> {
  const looked = { conversationId, changed, before };
  const change =
    overview === undefined
      ? await readToTheEnd(ports, request, conversationId, membership?.left)
      : await readOn(ports, request, overview);
  const isNew = change !== undefined && (change.entries.length > 0 || isMoved(overview, membership));
  return { ...looked, rev: change?.rev, change: isNew ? change : undefined };
}

const isMoved = (overview: ConversationOverview | undefined, membership: TouchedMembership | undefined) =>
  overview !== undefined && membership !== undefined;

/** For a member: the oldest that is missing first. */
async function readOn(
  { changes, log }: { changes: Changes; log: Pick<ConversationLog, 'readAfter'> },
  { position, entries: limit }: ChangesRequest,
  overview: ConversationOverview,
): Promise<Change> {
  const { id: conversationId, rev } = overview;
  const start =
    position.revs[conversationId] ??
    (await findStart(changes, conversationId, { to: rev, until: watermarkOf(position) }));
  const missing = Math.min(Math.max(rev - start, 0), limit);
  const entries = missing > 0 ? await log.readAfter(conversationId, start, missing) : [];
  return { conversationId, overview, rev: Math.max(rev, start), entries };
}

/**
 * For whoever was removed: the newest up to that entry. The search for a start does not hold for them, since of a
 * conversation that has gone on they may have been shown less than was published; rather some come twice.
 */
async function readToTheEnd(
  { changes, log }: { changes: Changes; log: Pick<ConversationLog, 'readAfter'> },
  { position, entries: limit }: ChangesRequest,
  conversationId: string,
  left: number | undefined,
): Promise<Change | undefined> {
  if (left === undefined) return undefined;
  const given = position.revs[conversationId] ?? 0;
  const [removal] = await changes.publications(conversationId, [left]);
  const isOld = removal !== undefined && removal.published <= watermarkOf(position);
  const start = isOld ? left : Math.max(given, left - limit);
  const entries = start < left ? await log.readAfter(conversationId, start, left - start) : [];
  return { conversationId, overview: undefined, rev: Math.max(left, given), entries };
}
