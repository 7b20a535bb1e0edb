import { expect, test } from '@jest/globals';
import { parseConfig } from '@natter/platform';
import { usersSettings } from './config.ts';

test('one key file is all that must be set', () => {
  expect(parseConfig(usersSettings, { JWT_PRIVATE_KEY_FILE: '/keys/a.pem' })).toMatchObject({
    JWT_PRIVATE_KEY_FILE: ['/keys/a.pem'],
    JWT_ISSUER: 'natter',
    JWT_AUDIENCE: 'natter-api',
    ACCESS_TOKEN_SECONDS: 600,
    MONGODB_DATABASE: 'users',
  });
});

test('several key files are separated by commas', () => {
  const config = parseConfig(usersSettings, { JWT_PRIVATE_KEY_FILE: '/keys/a.pem, /keys/b.pem' });
  expect(config.JWT_PRIVATE_KEY_FILE).toEqual(['/keys/a.pem', '/keys/b.pem']);
});

test.each([
  ['no key file', {}],
  ['an empty place in the list', { JWT_PRIVATE_KEY_FILE: '/keys/a.pem,' }],
])('%s is a fault that names the variable', (_, environment) => {
  expect(() => parseConfig(usersSettings, environment)).toThrow('JWT_PRIVATE_KEY_FILE');
});

test.each(['59', '86401', '10m'])('a token good for %s seconds is refused', (seconds) => {
  const environment = { JWT_PRIVATE_KEY_FILE: '/keys/a.pem', ACCESS_TOKEN_SECONDS: seconds };
  expect(() => parseConfig(usersSettings, environment)).toThrow('ACCESS_TOKEN_SECONDS');
});
