import type { Entry } from '../domain/entry.ts';
import type { Message } from '../domain/message.ts';
import type { MarkerKey, ProjectionChange, ReadMarker } from '../domain/projections.ts';
import type { Rules } from './rules.ts';
import { withoutText } from './same-entry.ts';
import type { Tables } from './tables.ts';

/** A change of one document, which every server of the database makes in turn. */
export interface Write {
  /**
   * @param stamp the time by the clock of the primary that took the write.
   * @returns whether it was done; only uniqueness refuses.
   */
  apply(tables: Tables, rules: Rules, stamp: number): boolean;
  inserted?: Entry;
  /** The ids of entries. */
  unmarked?: readonly string[];
}

export const markerId = ({ conversationId, userId }: MarkerKey) => `${conversationId}:${userId}`;

export function insert(entry: Entry): Write {
  return {
    inserted: entry,
    apply: (tables, { unique }) => {
      if (tables.entries.some((other) => unique.some((clash) => clash(entry, other)))) return false;
      tables.entries.push(entry);
      tables.marked.add(entry.id);
      return true;
    },
  };
}

export function unmark(ids: readonly string[]): Write {
  return done(
    ({ marked, published }, _rules, stamp) => {
      for (const id of ids) {
        marked.delete(id);
        published.set(id, stamp);
      }
    },
    { unmarked: ids },
  );
}

export function blank(isBlanked: (entry: Entry) => boolean): Write {
  return done((tables) => {
    tables.entries = tables.entries.map((entry) => (isBlanked(entry) ? withoutText(entry) : entry));
  });
}

export function keepConversation({ conversation, restored }: ProjectionChange): Write {
  const { id } = conversation;
  return done(({ conversations, touched }, { replaces }, stamp) => {
    const known = conversations.get(id);
    const isNewer = known === undefined || replaces(conversation, known);
    if (isNewer) conversations.set(id, conversation);
    if (isNewer || restored) touched.set(id, stamp);
  });
}

export function keepRemoval(key: MarkerKey, rev: number): Write {
  const id = markerId(key);
  return done(({ memberships }, _rules, stamp) => {
    const left = Math.max(memberships.get(id)?.left ?? 0, rev);
    memberships.set(id, { touched: stamp, left });
  });
}

export function keepMessage(message: Message): Write {
  return done(({ messages }, { replaces }) => {
    const known = messages.get(message.id);
    if (known === undefined || replaces(message, known)) messages.set(message.id, message);
  });
}

export function keepMarker(marker: ReadMarker): Write {
  const id = markerId(marker);
  return done(({ markers }, { moved }) => {
    markers.set(id, moved(markers.get(id) ?? 0, marker.readSeq));
  });
}

function done(
  apply: (tables: Tables, rules: Rules, stamp: number) => void,
  about: Partial<Write> = {},
): Write {
  return {
    ...about,
    apply: (tables, rules, stamp) => {
      apply(tables, rules, stamp);
      return true;
    },
  };
}
