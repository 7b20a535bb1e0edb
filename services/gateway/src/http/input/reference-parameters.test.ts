import { describe, expect, test } from '@jest/globals';
import { conversationParameter, userParameter } from './reference-parameters.ts';

const id = '01941f29-7c00-7000-8000-000000000000';

describe('a reference in a path', () => {
  test.each([
    ['bob', { with: 'bob' }, { username: 'bob' }],
    ['BOB', { with: 'bob' }, { username: 'bob' }],
    [id, { id }, { id }],
  ])('of %s is read', (text, conversation, user) => {
    expect(conversationParameter.parse(text)).toEqual(conversation);
    expect(userParameter.parse(text)).toEqual(user);
  });

  test.each([
    ['a name that can be nobody', 'b b', 'user_not_found'],
    ['a name with a NUL', 'bob\0', 'user_not_found'],
    ['a name with a slash', 'a/b', 'user_not_found'],
    ['a name too long', 'b'.repeat(33), 'user_not_found'],
    ['a number', '12', 'user_not_found'],
    ['an id in capitals', id.toUpperCase(), 'conversation_not_found'],
    ['36 characters that are no id', 'b'.repeat(36), 'conversation_not_found'],
  ])('that is %s leads nowhere', (_what, text, code) => {
    expect(() => conversationParameter.parse(text)).toThrow(expect.objectContaining({ code }));
    expect(() => userParameter.parse(text)).toThrow(expect.objectContaining({ code: 'user_not_found' }));
  });
});
