import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { publishSigningKeys } from '../tokens/signing-keys.ts';
import { SecretSeal } from './secret-seal.ts';

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

const [first, second] = [newKey(), newKey()];
const sealUnder = async (...keys: Parameters<typeof publishSigningKeys>[0]) =>
  new SecretSeal(await publishSigningKeys(keys));
const [old, both, late] = [await sealUnder(first), await sealUnder(first, second), await sealUnder(second)];

const secret = Buffer.from('a secret of 20 bytes');

test('what is sealed is opened, and is nowhere to be read', () => {
  const seals = both.seal(secret, 'alice');
  expect(both.open(seals, 'alice')).toEqual(secret);
  for (const { box } of seals) expect(Buffer.from(box, 'base64url').includes(secret)).toBe(false);
  expect(both.seal(secret, 'alice')).not.toEqual(seals);
});

test('each of the keys opens it, and no other', () => {
  const seals = both.seal(secret, 'alice');
  expect([old, late].map((seal) => seal.open(seals, 'alice'))).toEqual([secret, secret]);
  expect([old, both, late].map((seal) => seal.isWhole(seals))).toEqual([true, true, true]);
  const before = old.seal(secret, 'alice');
  expect(both.open(before, 'alice')).toEqual(secret);
  expect([both.isWhole(before), late.open(before, 'alice')]).toEqual([false, undefined]);
});

test('it is of no use to anybody else, nor when it was changed', () => {
  const [sealed] = old.seal(secret, 'alice');
  expect(() => old.open([sealed!], 'bob')).toThrow(/unable to authenticate/);
  const bytes = Buffer.from(sealed!.box, 'base64url');
  bytes[bytes.length - 1]! ^= 1;
  const changed = { ...sealed!, box: bytes.toString('base64url') };
  expect(() => old.open([changed], 'alice')).toThrow(/unable to authenticate/);
});
