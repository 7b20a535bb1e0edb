import { expect, test } from '@jest/globals';
import { Deadline } from '@natter/bus';
import type { Passwords } from '../domain/passwords.ts';
import type { Profile } from '../domain/profile.ts';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { handleCreateUser } from './create-user.ts';

const passwords: Passwords = {
  hash: async (password) => `hash of ${password}`,
  verify: async (hash, password) => hash === `hash of ${password}`,
};

function setUp() {
  const { accounts } = createMemoryStorage();
  const announced: Profile[] = [];
  const handler = handleCreateUser(accounts, passwords, (profile) => announced.push(profile));
  const context = { requestId: 'test', deadline: Deadline.in(1_000) };
  const register = () => handler.handle({ username: 'alice', password: 'secret password' }, context);
  return { accounts, announced, register };
}

test('by the time of the answer the new profile is on its way to whom it concerns', async () => {
  const { announced, register } = setUp();
  const { id } = (await register()) as { id: string };
  expect(announced).toMatchObject([{ id, username: 'alice', displayName: 'alice', version: 1 }]);
});

test('a name that is taken announces nothing', async () => {
  const { announced, register } = setUp();
  await register();
  await expect(register()).rejects.toMatchObject({ code: 'username_taken' });
  expect(announced).toHaveLength(1);
});

test('only the hash of the password is kept', async () => {
  const { accounts, register } = setUp();
  await register();
  expect(await accounts.findByUsername('alice')).toMatchObject({ passwordHash: 'hash of secret password' });
});
