import { expect, test } from '@jest/globals';
import { createArgon2Passwords } from './argon2-passwords.ts';
import { HashingQueue } from './hashing-queue.ts';

const passwords = await createArgon2Passwords(new HashingQueue({ atOnce: 2, waiting: 8, waitMs: 10_000 }));

test('a password is hashed by argon2id with what OWASP recommends', async () => {
  expect(await passwords.hash('correct horse')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test('only the very password fits its hash', async () => {
  const hash = await passwords.hash('correct horse');
  expect(await passwords.verify(hash, 'correct horse')).toBe(true);
  expect(await passwords.verify(hash, 'Correct horse')).toBe(false);
  expect(await passwords.verify(hash, '')).toBe(false);
});

test('every byte of a long password counts', async () => {
  const hash = await passwords.hash(`${'x'.repeat(1_023)}y`);
  expect(await passwords.verify(hash, `${'x'.repeat(1_023)}z`)).toBe(false);
});

test('without a hash no password fits', async () => {
  expect(await passwords.verify(undefined, 'correct horse')).toBe(false);
});

test('where there is no hash, and so no user, a password waits for its turn and is hashed all the same', async () => {
  const crowded = await createArgon2Passwords(new HashingQueue({ atOnce: 1, waiting: 0, waitMs: 10_000 }));
  const first = crowded.verify(undefined, 'correct horse');
  await expect(crowded.verify(undefined, 'correct horse')).rejects.toMatchObject({ code: 'overloaded' });
  expect(await first).toBe(false);
});
