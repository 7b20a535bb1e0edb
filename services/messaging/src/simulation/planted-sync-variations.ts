import type { LivePosition } from '@natter/contracts';
import type { Changes } from '../domain/changes.ts';
import type { Projections } from '../domain/projections.ts';
import { syncMarginMs } from '../domain/sync-margin.ts';

export function untouchedWhenRestored(projections: Projections): Partial<Projections> {
  return { apply: (changes) => projections.apply(changes.map(({ restored: _, ...change }) => change)) };
}

export function withoutRemovals(projections: Projections): Partial<Projections> {
  return {
    apply: (changes) =>
      projections.apply(
        changes.map((change) => ({
          ...change,
          entries: change.entries.filter(({ type }) => type !== 'member.removed'),
        })),
      ),
  };
}

export function withoutMargin(position: LivePosition): LivePosition {
  return position.beyond ? position : { ...position, at: position.at + syncMarginMs };
}

export function neverUnsettled(changes: Changes): Partial<Changes> {
  const settled = Number.MAX_SAFE_INTEGER;
  return {
    touchedConversations: (userId, range, limit) =>
      changes.touchedConversations(userId, { ...range, settled }, limit),
    touchedMemberships: (userId, range, limit) =>
      changes.touchedMemberships(userId, { ...range, settled }, limit),
  };
}

export function markedIsPublished(changes: Changes): Partial<Changes> {
  return {
    publications: async (...which) =>
      (await changes.publications(...which)).map(({ rev, published }) => ({
        rev,
        published: published === Number.POSITIVE_INFINITY ? 0 : published,
      })),
  };
}

/** What is told of an entry is that of the one before it. */
export function oneTooFar(changes: Changes): Partial<Changes> {
  return {
    publications: async (conversationId, revs) => {
      const before = await changes.publications(
        conversationId,
        revs.map((rev) => rev - 1),
      );
      return before.map(({ rev, published }) => ({ rev: rev + 1, published }));
    },
  };
}
