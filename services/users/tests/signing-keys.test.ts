import { expect, test } from '@jest/globals';
import { calculateJwkThumbprint } from 'jose';
import { readSigningKey } from '../src/tokens/read-signing-key.ts';
import { publishSigningKeys } from '../src/tokens/signing-keys.ts';
import { writeKeyFile } from './_keys.ts';

test('a key is published without its private part, under its thumbprint', async () => {
  const [{ published }] = await publishSigningKeys([readSigningKey(await writeKeyFile())]);
  const { kid, alg, use, ...point } = published;
  expect(Object.keys(point).toSorted()).toEqual(['crv', 'kty', 'x', 'y']);
  expect({ kid, alg, use }).toEqual({ kid: await calculateJwkThumbprint(point), alg: 'ES256', use: 'sig' });
});
