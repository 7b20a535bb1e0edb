import type { CommandKey, Entry, EntryOf, Happening } from '../src/domain/entry.ts';

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

/** The first entry of a group, whose owner is the first of its members. */
export function founded(conversationId: string, [owner = 'alice', ...others]: string[], at = head.at): Entry {
  const members = [
    { id: owner, role: 'owner' as const },
    ...others.map((id) => ({ id, role: 'member' as const })),
  ];
  const data = { kind: 'group' as const, title: conversationId, members };
  const place = { id: conversationId, conversationId, rev: 1, seq: 0 };
  return { ...place, actorId: owner, at, type: 'conversation.created', data };
}

/** The message of that rev in a conversation that was created at rev 1. */
export function sent(conversationId: string, rev: number, key?: CommandKey): EntryOf<'message.sent'> {
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

export const sentUpTo = (conversationId: string, rev: number): EntryOf<'message.sent'>[] =>
  Array.from({ length: rev - 1 }, (_, index) => sent(conversationId, index + 2));

/** Something that happens at a rev, when the conversation has `seq` messages. */
export function happened(
  conversationId: string,
  { rev, seq }: { rev: number; seq: number },
  happening: Happening,
): Entry {
  const id = `${conversationId}-${rev}-${Math.random()}`;
  return { ...head, id, conversationId, rev, seq, key: undefined, ...happening };
}
