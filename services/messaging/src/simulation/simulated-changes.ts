import {
  type ChangePlace,
  type ChangeRange,
  type Changes,
  comparePlaces,
  placeIn,
} from '../domain/changes.ts';
import { isMember } from '../domain/conversation.ts';
import { overviewOf } from '../domain/conversation-overview.ts';
import type { Clock } from './clock.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';
import { markerId } from './writes.ts';

/** What changed in the simulated database, with the requests that MongoDB is asked. */
export function simulatedChanges(database: Database, clock: Clock): Changes {
  return {
    now: () => database.read('read the time', () => clock.now),
    touchedConversations: (memberId, range, limit) =>
      database.read(`find what was touched of ${memberId}`, (tables) => {
        const touched = conversationsOf(tables, memberId).map(({ id }) =>
          placeIn(range, id, tables.touched.get(id) ?? 0),
        );
        return pageOf(touched, range, limit);
      }),
    touchedMemberships: (userId, range, limit) =>
      database.read(`find what became of ${userId}`, ({ conversations, memberships }) => {
        const touched = [...conversations.keys()].flatMap((id) => {
          const membership = memberships.get(markerId({ conversationId: id, userId }));
          return membership ? { ...placeIn(range, id, membership.touched), left: membership.left } : [];
        });
        return pageOf(touched, range, limit);
      }),
    findOverviews: (memberId, ids) =>
      database.read(`read overviews of ${memberId}`, (tables) =>
        conversationsOf(tables, memberId)
          .filter(({ id }) => ids.includes(id))
          .map(overviewOf),
      ),
    publications: (conversationId, revs) =>
      database.read(`look when ${revs.join()} were published`, ({ entries, marked, published }) =>
        entries
          .filter((entry) => entry.conversationId === conversationId && revs.includes(entry.rev))
          .map(({ id, rev }) => ({
            rev,
            published: marked.has(id) ? Number.POSITIVE_INFINITY : (published.get(id) ?? 0),
          })),
      ),
    listHeads: (memberId, limit) =>
      database.read(`list heads of ${memberId}`, (tables) =>
        conversationsOf(tables, memberId)
          .slice(0, limit)
          .map(({ id: conversationId, rev }) => ({ conversationId, rev })),
      ),
  };
}

const conversationsOf = ({ conversations }: Tables, memberId: string) =>
  [...conversations.values()].filter((conversation) => isMember(conversation, memberId));

function pageOf<T extends ChangePlace>(places: readonly T[], { after }: ChangeRange, limit: number): T[] {
  return places
    .filter((place) => comparePlaces(place, after) > 0)
    .toSorted(comparePlaces)
    .slice(0, limit);
}
