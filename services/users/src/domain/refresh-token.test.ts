import { expect, test } from '@jest/globals';
import { createRefreshToken, decodeRefreshToken, encodeRefreshToken } from './refresh-token.ts';

test('a refresh token is what it was after a journey as text', () => {
  const token = createRefreshToken();
  const text = encodeRefreshToken(token);
  expect(text).toMatch(/^[\w-]{64}$/);
  expect(decodeRefreshToken(text)).toEqual(token);
  expect([token.series.length, token.secret.length]).toEqual([16, 32]);
});

test.each(['', 'x', 'x'.repeat(63), 'x'.repeat(65), `${'x'.repeat(63)}=`, `${'x'.repeat(64)}\n`])(
  'what can be none is none: %j',
  (text) => {
    expect(decodeRefreshToken(text)).toBeUndefined();
  },
);
