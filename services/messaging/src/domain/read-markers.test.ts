import { describe, expect, it } from '@jest/globals';
import { created } from './_fixtures.ts';
import type { Entry, Happening } from './entry.ts';
import { readMarkersIn } from './read-markers.ts';

const entry = (seq: number, actorId: string, happening: Happening): Entry => ({
  ...created,
  ...happening,
  seq,
  actorId,
});

const sent = (seq: number, actorId: string): Entry =>
  entry(seq, actorId, {
    type: 'message.sent',
    data: { messageId: `m${seq}`, content: 'hello', replyTo: null, mentions: [] },
  });

const changes: Happening[] = [
  { type: 'conversation.renamed', data: { title: 'Friends' } },
  { type: 'member.removed', data: { userId: 'bob' } },
  { type: 'member.role_changed', data: { userId: 'bob', role: 'admin' } },
  { type: 'message.edited', data: { seq: 1, content: 'hello', mentions: [] } },
  { type: 'message.deleted', data: { seq: 1 } },
  { type: 'reaction.added', data: { seq: 1, emoji: '👍' } },
  { type: 'reaction.removed', data: { seq: 1, emoji: '👍' } },
];

describe('readMarkersIn', () => {
  it('says nothing of those who are there from the beginning: they have read nothing', () => {
    expect(readMarkersIn([created]).size).toBe(0);
  });

  it('moves the marker of whoever writes, and of nobody else, to their latest message', () => {
    expect([...readMarkersIn([sent(1, 'alice'), sent(2, 'bob'), sent(3, 'alice')])]).toEqual([
      ['alice', 3],
      ['bob', 2],
    ]);
  });

  it('moves no marker back where entries come out of order', () => {
    expect([...readMarkersIn([sent(3, 'alice'), sent(1, 'alice')])]).toEqual([['alice', 3]]);
  });

  it('starts whoever joins where the conversation stands', () => {
    const joined = entry(5, 'alice', { type: 'member.added', data: { userId: 'carol', role: 'member' } });
    expect([...readMarkersIn([joined])]).toEqual([['carol', 5]]);
  });

  it.each(changes)('moves nobody by a $type', (happening) => {
    expect(readMarkersIn([entry(5, 'alice', happening)]).size).toBe(0);
  });
});
