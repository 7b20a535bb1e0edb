import { describe, expect, it } from '@jest/globals';
import { created } from './_fixtures.ts';
import { type Entry, type Happening, isMessageChange, messageSeqOf } from './entry.ts';

const entryOf = (happening: Happening): Entry => ({ ...created, ...happening, rev: 9, seq: 7 });

const sent: Happening = {
  type: 'message.sent',
  data: { messageId: 'm7', content: 'hello', replyTo: 3, mentions: [] },
};

const changes: Happening[] = [
  { type: 'message.edited', data: { seq: 3, content: 'hello', mentions: [] } },
  { type: 'message.deleted', data: { seq: 3 } },
  { type: 'reaction.added', data: { seq: 3, emoji: '👍' } },
  { type: 'reaction.removed', data: { seq: 3, emoji: '👍' } },
];

const others: Happening[] = [
  { type: 'conversation.created', data: { kind: 'direct', title: null, members: [] } },
  { type: 'conversation.renamed', data: { title: 'Friends' } },
  { type: 'member.added', data: { userId: 'bob', role: 'member' } },
  { type: 'member.removed', data: { userId: 'bob' } },
  { type: 'member.role_changed', data: { userId: 'bob', role: 'admin' } },
];

describe('messageSeqOf', () => {
  it.each(changes)('is the seq of the message that $type changes', (happening) => {
    expect(messageSeqOf(entryOf(happening))).toBe(3);
    expect(isMessageChange(entryOf(happening))).toBe(true);
  });

  it('is the own seq of a message, which changes none', () => {
    expect(messageSeqOf(entryOf(sent))).toBe(7);
    expect(isMessageChange(entryOf(sent))).toBe(false);
  });

  it.each(others)('is none for $type', (happening) => {
    expect(messageSeqOf(entryOf(happening))).toBeUndefined();
    expect(isMessageChange(entryOf(happening))).toBe(false);
  });
});
