import {
  type ChangePlace,
  type ChangeRange,
  type Changes,
  comparePlaces,
  type Head,
  type Publication,
  placeIn,
  type TouchedMembership,
} from '../domain/changes.ts';
import type { ConversationOverview } from '../domain/conversation-overview.ts';
import type { MemoryConversationLog } from './memory-conversation-log.ts';
import type { MemoryProjections } from './memory-projections.ts';

/** What changed in the log and the projections in memory, for tests. */
export class MemoryChanges implements Changes {
  readonly #log: MemoryConversationLog;
  readonly #projections: MemoryProjections;

  constructor(log: MemoryConversationLog, projections: MemoryProjections) {
    this.#log = log;
    this.#projections = projections;
  }

  async now(): Promise<number> {
    return Date.now();
  }

  async touchedConversations(memberId: string, range: ChangeRange, limit: number): Promise<ChangePlace[]> {
    const touched = this.#projections
      .conversationsOf(memberId)
      .map(({ id }) => placeIn(range, id, this.#projections.touchedAt(id)));
    return inOrder(touched, range, limit);
  }

  async touchedMemberships(userId: string, range: ChangeRange, limit: number): Promise<TouchedMembership[]> {
    const touched = this.#projections
      .touchedMembershipsOf(userId)
      .map(({ id, changed, left }) => ({ ...placeIn(range, id, changed), left }));
    return inOrder(touched, range, limit);
  }

  async findOverviews(memberId: string, ids: readonly string[]): Promise<ConversationOverview[]> {
    const found = await Promise.all(ids.map((id) => this.#projections.findOverview(id, memberId)));
    return found.filter((overview) => overview !== undefined);
  }

  async publications(conversationId: string, revs: readonly number[]): Promise<Publication[]> {
    return this.#log.publications(conversationId, revs);
  }

  async listHeads(memberId: string, limit: number, afterId = ''): Promise<Head[]> {
    return this.#projections
      .conversationsOf(memberId)
      .filter(({ id }) => id > afterId)
      .toSorted((one, other) => (one.id < other.id ? -1 : 1))
      .slice(0, limit)
      .map(({ id: conversationId, rev }) => ({ conversationId, rev }));
  }
}

function inOrder<T extends ChangePlace>(places: readonly T[], { after }: ChangeRange, limit: number): T[] {
  return places
    .filter((place) => comparePlaces(place, after) > 0)
    .toSorted(comparePlaces)
    .slice(0, limit);
}
