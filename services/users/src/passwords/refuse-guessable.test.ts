import { expect, test } from '@jest/globals';
import { commonPasswords } from './common-passwords.ts';
import { refuseGuessable } from './refuse-guessable.ts';

const refusalOf = (password: string, username = 'alice') => {
  try {
    refuseGuessable({ password, username, pointer: '/password' });
    return 'taken';
  } catch (error) {
    return error;
  }
};

const refused = (message: RegExp) => ({
  code: 'validation_failed',
  faults: [{ pointer: '/password', message: expect.stringMatching(message) }],
});

test('more are known than the 3,000 most frequent that could be a password here', () => {
  expect(commonPasswords.size).toBeGreaterThan(3_000);
  const odd = [...commonPasswords].filter(
    (password) => Buffer.byteLength(password) < 8 || password !== password.toLowerCase(),
  );
  expect(odd).toEqual([]);
});

test.each(['password', '12345678', '1q2w3e4r', 'PassWord', 'trustno1'])(
  '%s is refused as frequent',
  (password) => {
    expect(refusalOf(password)).toMatchObject(refused(/frequent/));
  },
);

test.each([
  ['alice2026', 'alice'],
  ['ALICE-alice', 'alice'],
  ['natter-2026', 'alice'],
  ['Natter+alice', 'alice'],
  ['r2d2r2d2', 'r2-d2'],
  ['aaaaaaaaaa', 'a'],
])('%s of %s is refused as made of words that are near at hand', (password, username) => {
  expect(refusalOf(password, username)).toMatchObject(refused(/username/));
});

test.each(['correct horse battery', 'natter-demo', 'alice in wonderland', '9378461029', 'пароль на лето'])(
  '%s is taken',
  (password) => {
    expect(refusalOf(password)).toBe('taken');
  },
);
