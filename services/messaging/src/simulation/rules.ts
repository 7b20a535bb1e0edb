import type { Entry } from '../domain/entry.ts';

type Index = (one: Entry, other: Entry) => boolean;

interface Versioned {
  rev: number;
}

/** What the database is told to hold to, besides keeping things. */
export interface Rules {
  /** Each says whether two entries are the same to it; then the second is refused. */
  unique: readonly Index[];
  /** Whether a projection takes the place of one that is there. */
  replaces: (newer: Versioned, known: Versioned) => boolean;
  /** Where a read marker goes. */
  moved: (from: number, to: number) => number;
  /** What a write is stamped with, by the time of the database. */
  stamped: (now: number) => number;
  /** Whether a write is answered only when a majority has it, as with `w: majority, j: true`. */
  answersFor: 'majority' | 'primary';
  /** Whose tables are read: `majority` as with read concern majority. */
  readsFrom: 'majority' | 'primary';
}

export const uniqueId: Index = (one, other) => one.id === other.id;

export const uniqueRev: Index = (one, other) =>
  one.conversationId === other.conversationId && one.rev === other.rev;

export const uniqueSeq: Index = (one, other) =>
  one.conversationId === other.conversationId &&
  one.type === 'message.sent' &&
  other.type === 'message.sent' &&
  one.seq === other.seq;

export const uniqueKey: Index = (one, other) =>
  one.conversationId === other.conversationId &&
  one.key !== undefined &&
  one.actorId === other.actorId &&
  one.key.clientMessageId === other.key?.clientMessageId;

export const soundRules: Rules = {
  unique: [uniqueId, uniqueRev, uniqueSeq, uniqueKey],
  replaces: (newer, known) => newer.rev > known.rev,
  moved: Math.max,
  stamped: (now) => now,
  answersFor: 'majority',
  readsFrom: 'majority',
};
