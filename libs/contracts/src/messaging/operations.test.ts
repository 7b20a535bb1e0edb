import { expect, test } from '@jest/globals';
import * as contracts from '../index.ts';
import { parseOrFail } from '../validation.ts';

const callerId = '0198c0de-0000-7000-8000-000000000001';
const caller = { callerId, conversation: { with: 'bob' } };
const message = { ...caller, seq: 1 };
const reaction = { ...message, emoji: '\u{1f44d}' };
const group = { callerId, title: 'Friends', members: ['bob'] };
const key = 'a-key-of-16-chars';

const { addReaction, blockUser, createConversation, deleteMessage, editMessage, markRead } = contracts;
const { removeMember, removeReaction, renameConversation, setMember, unblockUser } = contracts;

const writes = [
  { operation: renameConversation, request: { ...caller, title: 'Friends' } },
  { operation: setMember, request: { ...caller, username: 'carol', role: 'admin' } },
  { operation: setMember, request: { ...caller, username: 'carol' } },
  { operation: removeMember, request: { ...caller, username: 'carol' } },
  { operation: editMessage, request: { ...message, content: 'hello', ifRev: [2] } },
  { operation: deleteMessage, request: message },
  { operation: addReaction, request: reaction },
  { operation: removeReaction, request: reaction },
  { operation: markRead, request: { ...caller, seq: 0 } },
  { operation: blockUser, request: { callerId, username: 'bob' } },
  { operation: unblockUser, request: { callerId, username: 'bob' } },
].map((each) => ({ ...each, name: each.operation.name }));

test.each(writes)('$name is a write that does no harm twice', ({ operation, request }) => {
  expect(operation.effect).toBe('write');
  expect(
    operation.repeatable(parseOrFail<contracts.Operation['request']>(operation.request, request) as never),
  ).toBe(true);
});

test.each(writes)('$name has no unknown field', ({ operation, request }) => {
  expect(operation.request.safeParse({ ...request, more: true }).success).toBe(false);
});

test('a group may be made again where it has a key, and only there', () => {
  const once = parseOrFail(createConversation.request, group);
  const keyed = parseOrFail(createConversation.request, { ...group, key });
  expect(createConversation.effect).toBe('write');
  expect(createConversation.repeatable(once)).toBe(false);
  expect(createConversation.repeatable(keyed)).toBe(true);
});

test.each([
  [contracts.highestGroupMaxMembers, true],
  [contracts.highestGroupMaxMembers + 1, false],
])('a group is made with %i others: %p', (length, expected) => {
  const members = Array.from({ length }, (_, index) => `u${index}`);
  expect(createConversation.request.safeParse({ ...group, members }).success).toBe(expected);
});

test('somebody who leaves may call themselves me, which nobody is called', () => {
  expect(removeMember.request.parse({ ...caller, username: 'Me' }).username).toBe('me');
  expect(contracts.newUsernameSchema.safeParse('me').success).toBe(false);
});

test.each([
  ['an unknown role', setMember, { ...caller, username: 'carol', role: 'king' }],
  ['a seq before the first', deleteMessage, { ...caller, seq: 0 }],
  ['a rev before the first', editMessage, { ...message, content: 'hello', ifRev: [0] }],
  ['two emoji', addReaction, { ...reaction, emoji: '\u{1f44d}\u{1f44d}' }],
  ['a marker before the beginning', markRead, { ...caller, seq: -1 }],
  ['a blank title', renameConversation, { ...caller, title: ' ' }],
] as const)('%s is refused', (_, operation, request) => {
  expect(operation.request.safeParse(request).success).toBe(false);
});

const { getMessage, listBlocks, listConversations, listMembers, readLog, searchMessages, sendTyping } =
  contracts;

const reads = [getMessage, listBlocks, listConversations, listMembers, readLog, searchMessages, sendTyping];

test.each(reads)('$name changes nothing that is kept, and may be repeated', (operation) => {
  expect(operation.effect).toBe('read');
  expect(operation.repeatable({} as never)).toBe(true);
});

const lists = [
  { operation: listBlocks, request: { callerId } },
  { operation: listConversations, request: { callerId } },
  { operation: listMembers, request: caller },
  { operation: readLog, request: { ...caller, after: 0 } },
  { operation: searchMessages, request: { callerId, q: 'hello' } },
].map((each) => ({ ...each, name: each.operation.name }));

test.each(lists)('a page of $name has 1 to 200 items', ({ operation, request }) => {
  const accepted = [0, 1, 200, 201].filter(
    (limit) => operation.request.safeParse({ ...request, limit }).success,
  );
  expect(accepted).toEqual([1, 200]);
});
