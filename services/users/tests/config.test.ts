import { expect, test } from '@jest/globals';
import { parseConfig } from '@natter/platform';
import { usersSettings } from '../src/index.ts';
import { writeKeyFile, writeTemporaryFile } from './_keys.ts';

const parse = (JWT_PRIVATE_KEY_FILE: string, more = {}) =>
  parseConfig(usersSettings, { JWT_PRIVATE_KEY_FILE, ...more });

test('one key file is all that must be set', async () => {
  expect(parse(await writeKeyFile())).toMatchObject({
    JWT_PRIVATE_KEY_FILE: [expect.objectContaining({ type: 'private' })],
    JWT_ISSUER: 'natter',
    JWT_AUDIENCE: 'natter-api',
    ACCESS_TOKEN_SECONDS: 600,
    MONGODB_DATABASE: 'users',
  });
});

test('several key files are separated by commas', async () => {
  expect(parse(`${await writeKeyFile()}, ${await writeKeyFile()}`).JWT_PRIVATE_KEY_FILE).toHaveLength(2);
});

test('no key file is a fault that names the variable', () => {
  expect(() => parseConfig(usersSettings, {})).toThrow('JWT_PRIVATE_KEY_FILE: Must name a PEM file');
});

test('an empty place in the list is a fault', async () => {
  const file = await writeKeyFile();
  expect(() => parse(`${file},`)).toThrow('JWT_PRIVATE_KEY_FILE');
});

test('whatever is wrong with any of the keys is told with all other faults, and no file is quoted', async () => {
  const files = [
    '/nowhere/key.pem',
    await writeKeyFile('P-384'),
    await writeTemporaryFile('secret but no key'),
  ];
  let message = '';
  try {
    parse([await writeKeyFile(), ...files].join(','), { LOG_LEVEL: 'loud' });
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message.split('\n').slice(1)).toEqual([
    expect.stringMatching(/^ {2}LOG_LEVEL: .*; not "loud"$/),
    '  JWT_PRIVATE_KEY_FILE: The file /nowhere/key.pem is not there',
    `  JWT_PRIVATE_KEY_FILE: The key in ${files[1]} is not on the curve P-256`,
    `  JWT_PRIVATE_KEY_FILE: ${files[2]} holds no private key in PEM (PKCS#8, not encrypted)`,
  ]);
});

test.each(['59', '86401', '10m'])('a token good for %s seconds is refused', async (seconds) => {
  const file = await writeKeyFile();
  expect(() => parse(file, { ACCESS_TOKEN_SECONDS: seconds })).toThrow('ACCESS_TOKEN_SECONDS');
});
