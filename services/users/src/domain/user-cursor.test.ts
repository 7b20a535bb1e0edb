import { expect, test } from '@jest/globals';
import { decodeUserCursor, encodeUserCursor } from './user-cursor.ts';

test.each(['a', 'alice', 'a.b_c-9'])('a cursor after %s leads back there', (username) => {
  expect(decodeUserCursor(encodeUserCursor(username))).toBe(username);
});

test('a cursor is plain text in a URL', () => {
  expect(encodeUserCursor('alice')).toMatch(/^[A-Za-z0-9_-]+$/);
});

test.each([
  ['nothing', ''],
  ['no base64url', '%%%'],
  ['another text', Buffer.from('alice').toString('base64url')],
  ['another list', Buffer.from('conversations/1/alice').toString('base64url')],
  ['another version', Buffer.from('users/2/alice').toString('base64url')],
  ['no name', Buffer.from('users/1/').toString('base64url')],
  ['padding', `${encodeUserCursor('alice')}=`],
  ['a line break', `${encodeUserCursor('alice')}\n`],
  ['bytes that are no text', Buffer.from([...Buffer.from('users/1/'), 0xff]).toString('base64url')],
])('%s is no cursor', (_, cursor) => {
  expect(() => decodeUserCursor(cursor)).toThrow(expect.objectContaining({ code: 'cursor_invalid' }));
});
