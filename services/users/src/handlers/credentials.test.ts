import { expect, test } from '@jest/globals';
import { credentialsOf } from './credentials.ts';

const password = 'correct horse';

test('a username is folded, a password is not', () => {
  expect(credentialsOf({ username: 'Alice', password: 'Correct Horse' })).toEqual({
    username: 'alice',
    password: 'Correct Horse',
  });
});

test('a password of before characters were counted may still be typed', () => {
  const old = { username: 'alice', password: 'ääää' };
  expect(credentialsOf(old)).toEqual(old);
});

test.each([
  ['no name', { username: '', password }],
  ['a name that only folds to one that could be taken', { username: '\u212aim', password }],
  ['an id for a name', { username: '01890a5d-ac96-774b-bcce-b302099a8057', password }],
  ['a password that is too short', { username: 'alice', password: 'short' }],
  ['a password that is too long', { username: 'alice', password: 'x'.repeat(1_025) }],
  ['a password that is no text', { username: 'alice', password: 'ill-formed \ud800' }],
])('%s can be nobody’s', (_, typed) => {
  expect(credentialsOf(typed)).toBeUndefined();
});
