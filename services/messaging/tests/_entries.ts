import type { CommandKey, Entry, MessageEntry } from '../src/domain/entry.ts';

const head = { actorId: 'alice', at: new Date('2026-01-01T00:00:00.123Z') };

export function created(conversationId: string): Entry {
  return {
    ...head,
    id: conversationId,
    conversationId,
    rev: 1,
    seq: 0,
    type: 'conversation.created',
    data: {
      kind: 'direct',
      title: null,
      members: [
        { id: 'alice', role: 'member' },
        { id: 'bob', role: 'member' },
      ],
    },
  };
}

/** The message of that rev in a conversation that was created at rev 1. */
export function sent(conversationId: string, rev: number, key?: CommandKey): MessageEntry {
  const messageId = `${conversationId}-${rev}-${Math.random()}`;
  return {
    ...head,
    id: messageId,
    conversationId,
    rev,
    seq: rev - 1,
    key,
    type: 'message.sent',
    data: { messageId, content: `message ${rev - 1} \u{1F44B}`, replyTo: null, mentions: [] },
  };
}

export const sentUpTo = (conversationId: string, rev: number): MessageEntry[] =>
  Array.from({ length: rev - 1 }, (_, index) => sent(conversationId, index + 2));
