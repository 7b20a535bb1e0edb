import { expect, test } from '@jest/globals';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { createAuthenticate } from './authenticate.ts';
import type { Passwords } from './passwords.ts';

const alice = {
  id: '1',
  username: 'alice',
  displayName: 'Alice',
  created: new Date(),
  deleted: false,
  receipts: 'shared' as const,
  version: 1,
};

async function setUp() {
  const { accounts } = createMemoryStorage();
  await accounts.add({ ...alice, passwordHash: 'hash of secret', disabled: false, sessionEpoch: 0 });
  const bob = { ...alice, id: '2', username: 'bob', passwordHash: 'hash of secret', sessionEpoch: 0 };
  await accounts.add({ ...bob, disabled: true });
  const verified: (string | undefined)[] = [];
  const passwords: Passwords = {
    hash: async (password) => `hash of ${password}`,
    verify: async (hash, password) => {
      verified.push(hash);
      return hash === `hash of ${password}`;
    },
  };
  return { authenticate: createAuthenticate(accounts, passwords), verified };
}

test('the right password gives its account', async () => {
  const { authenticate } = await setUp();
  expect(await authenticate({ username: 'alice', password: 'secret' })).toMatchObject(alice);
});

test.each([
  ['a wrong password', { username: 'alice', password: 'wrong' }],
  ['a disabled user', { username: 'bob', password: 'secret' }],
  ['an unknown user', { username: 'nobody', password: 'secret' }],
  ['credentials that nobody can have', undefined],
])('%s is refused after one verification', async (_, credentials) => {
  const { authenticate, verified } = await setUp();
  await expect(authenticate(credentials)).rejects.toMatchObject({
    code: 'invalid_credentials',
    detail: undefined,
  });
  expect(verified).toHaveLength(1);
});
