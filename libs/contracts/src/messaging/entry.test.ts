import { expect, test } from '@jest/globals';
import { entrySchema, recordedEntrySchema } from './entry.ts';

const id = '0198c0de-0000-7000-8000-000000000001';

const head = { conversationId: id, rev: 3, seq: 2, actorId: id, at: '2026-01-01T00:00:00.000Z' };

const happenings = [
  {
    type: 'conversation.created',
    data: { kind: 'group', title: 'Friends', members: [{ id, role: 'owner' }] },
  },
  { type: 'conversation.created', data: { kind: 'direct', title: null, members: [] } },
  { type: 'conversation.renamed', data: { title: 'Old friends' } },
  { type: 'member.added', data: { userId: id, role: 'admin' } },
  { type: 'member.removed', data: { userId: id } },
  { type: 'member.role_changed', data: { userId: id, role: 'member' } },
  { type: 'message.sent', data: { messageId: id, content: 'hello', replyTo: 1, mentions: [id] } },
  { type: 'message.sent', data: { messageId: id, content: '', replyTo: null, mentions: [] } },
  { type: 'message.edited', data: { seq: 1, content: '', mentions: [] } },
  { type: 'message.deleted', data: { seq: 1 } },
  { type: 'reaction.added', data: { seq: 1, emoji: '\u{1f44d}' } },
  { type: 'reaction.removed', data: { seq: 1, emoji: '\u{1f44d}' } },
];

test.each(happenings)(
  'an entry of type $type is one for services, and with its actor one for clients',
  (happening) => {
    const entry = { ...head, ...happening };
    expect(recordedEntrySchema.parse(entry)).toEqual(entry);
    expect(entrySchema.safeParse(entry).success).toBe(false);
    expect(entrySchema.parse({ ...entry, actor: 'alice' })).toEqual({ ...entry, actor: 'alice' });
  },
);

test('services are told users by id only', () => {
  const entry = { ...head, type: 'message.deleted', data: { seq: 1 } };
  expect(recordedEntrySchema.parse({ ...entry, actor: 'alice' })).toEqual(entry);
});

test.each(happenings)('an entry of type $type has its own data', ({ type, data }) => {
  for (const field of Object.keys(data)) {
    const without = Object.fromEntries(Object.entries(data).filter(([name]) => name !== field));
    expect(recordedEntrySchema.safeParse({ ...head, type, data: without }).success).toBe(false);
  }
});

test.each([
  ['an unknown type', { type: 'message.liked' }],
  ['no rev', { rev: 0 }],
  ['a seq below none', { seq: -1 }],
  ['a time that is none', { at: '2026-01-01' }],
  ['a conversation that is no id', { conversationId: 'bob' }],
  ['the data of another type', { data: { userId: id } }],
  ['a message before the first', { data: { seq: 0 } }],
])('a line with %s is no entry', (_, over) => {
  const line = { ...head, type: 'message.deleted', data: { seq: 1 }, ...over };
  expect(recordedEntrySchema.safeParse(line).success).toBe(false);
});

test('an unknown role is nobody\u2019s', () => {
  const line = { ...head, type: 'member.added', data: { userId: id, role: 'king' } };
  expect(recordedEntrySchema.safeParse(line).success).toBe(false);
});
