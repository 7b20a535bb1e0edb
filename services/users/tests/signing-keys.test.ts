import { expect, test } from '@jest/globals';
import { ConfigError } from '@natter/platform';
import { calculateJwkThumbprint } from 'jose';
import { loadSigningKeys } from '../src/tokens/signing-keys.ts';
import { writeKeyFile, writeTemporaryFile } from './_keys.ts';

test('a key is published without its private part, under its thumbprint', async () => {
  const [{ published }] = await loadSigningKeys([await writeKeyFile()]);
  const { kid, alg, use, ...point } = published;
  expect(Object.keys(point).toSorted()).toEqual(['crv', 'kty', 'x', 'y']);
  expect({ kid, alg, use }).toEqual({ kid: await calculateJwkThumbprint(point), alg: 'ES256', use: 'sig' });
});

test('a file that is not there is named', async () => {
  await expect(loadSigningKeys(['/nowhere/key.pem'])).rejects.toThrow(/\/nowhere\/key\.pem.*ENOENT/);
});

test('a file that holds no key is named, and not quoted', async () => {
  const file = await writeTemporaryFile('secret but no key');
  const loading = loadSigningKeys([file]);
  await expect(loading).rejects.toThrow(ConfigError);
  await expect(loading).rejects.toThrow(file);
  await expect(loading).rejects.not.toThrow('secret');
});

test('a key on another curve is refused by the name of its file, wherever it stands in the list', async () => {
  const file = await writeKeyFile('P-384');
  await expect(loadSigningKeys([await writeKeyFile(), file])).rejects.toThrow(
    `${file} is not on the curve P-256`,
  );
});
