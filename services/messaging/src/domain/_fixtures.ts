import { type ErrorCode, NatterError } from '@natter/contracts';
import type { Conversation } from './conversation.ts';
import type { Entry, EntryDraft, Role } from './entry.ts';
import type { Message } from './message.ts';

export const at = new Date('2026-01-01T00:00:00.000Z');

export const later = new Date('2026-01-02T00:00:00.000Z');

/** A group of these, in the order in which they joined. */
export function group(roles: Record<string, Role>, over: Partial<Conversation> = {}): Conversation {
  const members = Object.entries(roles).map(([id, role], index) => ({ id, role, joined: index + 1 }));
  return {
    id: 'c1',
    kind: 'group',
    title: 'Friends',
    members,
    joins: members.length,
    rev: 4,
    seq: 3,
    lastMessageId: 'm3',
    active: at,
    updated: at,
    ...over,
  };
}

/** The direct conversation of alice and bob. */
export function direct(over: Partial<Conversation> = {}): Conversation {
  return group({ alice: 'member', bob: 'member' }, { kind: 'direct', title: null, ...over });
}

/** What alice said first. */
export function message(over: Partial<Message> = {}): Message {
  return {
    id: 'm1',
    conversationId: 'c1',
    seq: 1,
    rev: 2,
    senderId: 'alice',
    content: 'hello',
    sent: at,
    edited: null,
    deleted: null,
    replyTo: null,
    mentions: [],
    reactions: [],
    clientMessageId: null,
    ...over,
  };
}

/** A group's first entry, with alice as owner and bob as member. */
export const created: Entry = {
  id: 'c1',
  conversationId: 'c1',
  actorId: 'alice',
  at,
  rev: 1,
  seq: 0,
  type: 'conversation.created',
  data: {
    kind: 'group',
    title: 'Friends',
    members: [
      { id: 'alice', role: 'owner' },
      { id: 'bob', role: 'member' },
    ],
  },
};

/** What a decision answers with: the types of what it appends, or the code of its refusal. */
export function answerOf(decide: () => readonly EntryDraft[]): string[] | ErrorCode {
  try {
    return decide().map(({ type }) => type);
  } catch (error) {
    if (error instanceof NatterError) return error.code;
    throw error;
  }
}

/** Where a refused decision says the fault lies. */
export function faultsOf(decide: () => unknown): string[] {
  try {
    decide();
  } catch (error) {
    if (error instanceof NatterError) return (error.faults ?? []).map(({ pointer }) => pointer);
    throw error;
  }
  return [];
}
