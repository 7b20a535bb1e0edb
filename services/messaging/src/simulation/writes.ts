import type { Conversation } from '../domain/conversation.ts';
import type { Entry } from '../domain/entry.ts';
import type { Message } from '../domain/message.ts';
import type { MarkerKey, ReadMarker } from '../domain/projections.ts';
import type { Rules } from './rules.ts';
import { withoutText } from './same-entry.ts';
import type { Tables } from './tables.ts';

/** A change of one document, which every server of the database makes in turn. */
export interface Write {
  /** @returns whether it was done; only uniqueness refuses. */
  apply(tables: Tables, rules: Rules): boolean;
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
  return done((tables) => ids.forEach((id) => tables.marked.delete(id)), { unmarked: ids });
}

export function blank(isBlanked: (entry: Entry) => boolean): Write {
  return done((tables) => {
    tables.entries = tables.entries.map((entry) => (isBlanked(entry) ? withoutText(entry) : entry));
  });
}

export function keepConversation(conversation: Conversation): Write {
  return done(({ conversations }, { replaces }) => {
    const known = conversations.get(conversation.id);
    if (known === undefined || replaces(conversation, known))
      conversations.set(conversation.id, conversation);
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

function done(apply: (tables: Tables, rules: Rules) => void, about: Partial<Write> = {}): Write {
  return {
    ...about,
    apply: (tables, rules) => {
      apply(tables, rules);
      return true;
    },
  };
}
