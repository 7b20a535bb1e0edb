import { describe, expect, test } from '@jest/globals';
import { parseBasicCredentials } from './basic-credentials.ts';

const encode = (text: string) => Buffer.from(text).toString('base64');

describe('Basic credentials', () => {
  test.each([
    ['alice:secret', { username: 'alice', password: 'secret' }],
    ['alice:with:colons:', { username: 'alice', password: 'with:colons:' }],
    ['alice:pässwörd 😀', { username: 'alice', password: 'pässwörd 😀' }],
    ['alice:', { username: 'alice', password: '' }],
    [':secret', { username: '', password: 'secret' }],
  ])('%j are split at the first colon', (text, expected) => {
    expect(parseBasicCredentials(encode(text))).toEqual(expected);
  });

  test.each([
    ['without a colon', encode('alice')],
    ['that are empty', ''],
    ['that are no UTF-8', Buffer.from([0x61, 0x3a, 0xff]).toString('base64')],
    ['with a NUL in the name', encode('a\0b:secret')],
    ['with a NUL in the password', encode('a:b\0secret')],
    ['with a name too long for anyone', encode(`${'a'.repeat(1_025)}:secret`)],
    ['with a password too long for anyone', encode(`alice:${'x'.repeat(4_097)}`)],
  ])('%s are nobody’s', (_what, encoded) => {
    expect(parseBasicCredentials(encoded)).toBeUndefined();
  });
});
