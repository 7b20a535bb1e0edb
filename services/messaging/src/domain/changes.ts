import type { ConversationOverview } from './conversation-overview.ts';

/**
 * A place in what changed for a user: by stamp and, of the same stamp, by the conversations' ids. From a moment on, by
 * ids alone: all that was stamped later is in the place of that moment.
 */
export interface ChangePlace {
  /** Milliseconds since the epoch, by the database's clock. */
  changed: number;
  /** Of a conversation; empty before all of them. */
  id: string;
}

/** A part of what changed. */
export interface ChangeRange {
  after: ChangePlace;
  /** The moment from which on places go by ids: what is touched while somebody reads on is stamped later than that. */
  settled: number;
}

export interface TouchedMembership extends ChangePlace {
  /** The rev of the entry that removed the user last. */
  left: number | undefined;
}

/** When an entry was published, by the database's clock. */
export interface Publication {
  rev: number;
  /** Milliseconds since the epoch. Infinity while it carries its mark; 0 where it lost that before there were stamps. */
  published: number;
}

export interface Head {
  conversationId: string;
  rev: number;
}

/** What changed, and when. All stamps are the database's own, made in the write itself; no process's clock is asked. */
export interface Changes {
  /** The time by the clock that makes the stamps, in milliseconds since the epoch. */
  now(): Promise<number>;

  /** A member's conversations that were touched, in the order of their places. What is settled is read first. */
  touchedConversations(memberId: string, range: ChangeRange, limit: number): Promise<ChangePlace[]>;

  /** The same of a user's memberships, those of former members included. */
  touchedMemberships(userId: string, range: ChangeRange, limit: number): Promise<TouchedMembership[]>;

  /** Those of the conversations that the user is a member of, in any order. */
  findOverviews(memberId: string, ids: readonly string[]): Promise<ConversationOverview[]>;

  /** When those of the entries that there are were published, in any order. */
  publications(conversationId: string, revs: readonly number[]): Promise<Publication[]>;

  /** A member's conversations: in the order of their ids, from after one on. */
  listHeads(memberId: string, limit: number, afterId?: string): Promise<Head[]>;
}

export function placeIn({ settled }: ChangeRange, id: string, touched: number): ChangePlace {
  return { changed: Math.min(touched, settled), id };
}

/** Which of two places comes first: below, above or at 0. */
export function comparePlaces(one: ChangePlace, other: ChangePlace): number {
  return one.changed - other.changed || (one.id < other.id ? -1 : Number(one.id > other.id));
}
