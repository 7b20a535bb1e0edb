import { expect, test } from '@jest/globals';
import { parseOrFail } from '../validation.ts';
import { highestMessageMaxCharacters, sendMessage } from './send-message.ts';

const callerId = '0198c0de-0000-7000-8000-000000000001';
const message = { callerId, callerUsername: 'alice', conversation: { with: 'Bob' }, content: 'hello' };
const key = 'a-key-of-16-chars';

test('a send may be repeated where it has a key, and only there', () => {
  expect(sendMessage.effect).toBe('write');
  expect(sendMessage.repeatable(parseOrFail(sendMessage.request, message))).toBe(false);
  expect(sendMessage.repeatable(parseOrFail(sendMessage.request, { ...message, clientMessageId: key }))).toBe(
    true,
  );
});

test('a conversation is named by id or by username, not by both', () => {
  const request = parseOrFail(sendMessage.request, message);
  expect(request.conversation).toEqual({ with: 'bob' });
  const both = { ...message, conversation: { id: callerId, with: 'bob' } };
  expect(sendMessage.request.safeParse(both).success).toBe(false);
});

test('between the services the limit of characters is that of the bytes', () => {
  const longest = { ...message, content: 'x'.repeat(highestMessageMaxCharacters) };
  expect(parseOrFail(sendMessage.request, longest)).toMatchObject({ content: longest.content });
  expect(sendMessage.request.safeParse({ ...message, content: `${longest.content}x` }).success).toBe(false);
});

test.each([0, -1, 1.5, '1', null])('%p is no seq to reply to', (replyTo) => {
  expect(sendMessage.request.safeParse({ ...message, replyTo }).success).toBe(false);
});
