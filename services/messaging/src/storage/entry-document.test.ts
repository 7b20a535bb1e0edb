import { describe, expect, it } from '@jest/globals';
import { at, created, later } from '../domain/_fixtures.ts';
import type { Entry, EntryOf } from '../domain/entry.ts';
import { sentMessage } from '../domain/message.ts';
import { currentOf, documentOf, entryOf, type MessageDocument, messageOf } from './entry-document.ts';

const sent: EntryOf<'message.sent'> = {
  id: 'm1',
  conversationId: 'c1',
  actorId: 'alice',
  at,
  rev: 2,
  seq: 1,
  key: { clientMessageId: 'k1', bodyHash: 'h1' },
  type: 'message.sent',
  data: { messageId: 'm1', content: 'hello', replyTo: null, mentions: [] },
};

const edited: Entry = {
  ...created,
  type: 'message.edited',
  data: { seq: 1, content: 'hello!', mentions: [] },
};

describe('documentOf', () => {
  it.each([
    ['with a key', sent],
    ['without a key', { ...created, key: undefined }],
    ['about a message', { ...edited, key: undefined }],
  ])('keeps an entry %s as it is', (_case, entry) => {
    expect(entryOf(documentOf(entry))).toEqual(entry);
  });

  it('marks each entry for relay, and those that change a message with its seq', () => {
    expect(documentOf(edited)).toMatchObject({ about: 1, relay: true });
    expect(documentOf(sent)).toMatchObject({ clientMessageId: 'k1', bodyHash: 'h1', relay: true });
    expect(documentOf(sent)).not.toHaveProperty('about');
    expect(documentOf(sent)).not.toHaveProperty('current');
    expect(documentOf(created)).not.toHaveProperty('clientMessageId');
  });
});

describe('messageOf', () => {
  const document = documentOf(sent) as MessageDocument;

  it('is the message as it was sent, while nothing has changed it', () => {
    expect(messageOf(document)).toEqual(sentMessage(sent));
  });

  it('is the message as it is now', () => {
    const reactions = [{ emoji: '👍', userIds: ['bob'] }];
    const now = { ...sentMessage(sent), rev: 9, content: '', deleted: later, edited: later, reactions };
    expect(messageOf({ ...document, current: currentOf(now) })).toEqual(now);
  });
});
