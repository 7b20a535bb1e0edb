import { describe, expect, it } from '@jest/globals';
import { at, created, later } from './_fixtures.ts';
import type { Entry, EntryOf, Happening } from './entry.ts';
import { evolveMessage, hasReacted, type Message, sentMessage } from './message.ts';

const sent: EntryOf<'message.sent'> = {
  id: 'm1',
  conversationId: 'c1',
  actorId: 'alice',
  at,
  rev: 5,
  seq: 3,
  key: { clientMessageId: 'k1', bodyHash: 'h1' },
  type: 'message.sent',
  data: { messageId: 'm1', content: 'hello @bob', replyTo: 2, mentions: ['bob'] },
};

/** The message after changes, each by its actor. */
const changed = (...changes: readonly [string, Happening][]): Message =>
  changes.reduce((message, [actorId, happening], index) => {
    const place = { id: `e${index}`, conversationId: 'c1', rev: 6 + index, seq: 3 };
    return evolveMessage(message, { ...happening, ...place, actorId, at: later });
  }, sentMessage(sent));

const edited: Happening = { type: 'message.edited', data: { seq: 3, content: 'hello', mentions: [] } };
const deleted: Happening = { type: 'message.deleted', data: { seq: 3 } };
const added = (emoji: string): Happening => ({ type: 'reaction.added', data: { seq: 3, emoji } });
const removed = (emoji: string): Happening => ({ type: 'reaction.removed', data: { seq: 3, emoji } });

describe('sentMessage', () => {
  it('is what was sent, untouched', () => {
    expect(sentMessage(sent)).toEqual({
      id: 'm1',
      conversationId: 'c1',
      seq: 3,
      rev: 5,
      senderId: 'alice',
      content: 'hello @bob',
      sent: at,
      edited: null,
      deleted: null,
      replyTo: 2,
      mentions: ['bob'],
      reactions: [],
      clientMessageId: 'k1',
    });
  });

  it('has no key where none was given', () => {
    expect(sentMessage({ ...sent, key: undefined }).clientMessageId).toBeNull();
  });
});

describe('evolveMessage', () => {
  it('begins with what was sent', () => {
    expect(evolveMessage(undefined, sent)).toEqual(sentMessage(sent));
  });

  it('takes the text and the mentions of an edit', () => {
    expect(changed(['alice', edited])).toEqual({
      ...sentMessage(sent),
      rev: 6,
      content: 'hello',
      mentions: [],
      edited: later,
    });
  });

  it('leaves nothing of a deleted message but its place', () => {
    expect(changed(['bob', added('👍')], ['alice', deleted])).toEqual({
      ...sentMessage(sent),
      rev: 7,
      content: '',
      mentions: [],
      reactions: [],
      deleted: later,
    });
  });

  it('keeps the kinds of reaction, and who reacted, in the order in which they came', () => {
    const { reactions } = changed(
      ['bob', added('👍')],
      ['alice', added('🎉')],
      ['alice', added('👍')],
      ['alice', removed('🎉')],
      ['carol', added('🎉')],
      ['bob', removed('👍')],
    );
    expect(reactions).toEqual([
      { emoji: '👍', userIds: ['alice'] },
      { emoji: '🎉', userIds: ['carol'] },
    ]);
  });

  it('has the rev of the latest change', () => {
    expect(changed(['bob', added('👍')], ['bob', removed('👍')])).toEqual({ ...sentMessage(sent), rev: 7 });
  });

  it('refuses to change a message that is not there', () => {
    const change: Entry = { ...created, ...deleted };
    expect(() => evolveMessage(undefined, change)).toThrow('about a message that is not there');
  });
});

describe('hasReacted', () => {
  it.each([
    ['👍', 'bob', true],
    ['👍', 'alice', false],
    ['🎉', 'bob', false],
  ])('knows of %s by %s: %p', (emoji, userId, expected) => {
    expect(hasReacted(changed(['bob', added('👍')]), emoji, userId)).toBe(expected);
  });
});
