import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { checkCredentials, createUser, deleteUser, getProfiles, getUser, listUsers } from '@natter/contracts';
import { password, Stack } from './_stack.ts';

let stack: Stack;

beforeEach(async () => {
  stack = await Stack.create();
  await stack.startService();
});
afterEach(() => stack.close());

test('a deleted account is shown by id alone, as deleted, and can do nothing any more', async () => {
  const { id } = await stack.register('alice', 'Alice');
  await stack.call(deleteUser, { id, password });
  const shown = { id, username: 'deleted', displayName: 'deleted', deleted: true };
  expect(await stack.call(getUser, { id })).toEqual(shown);
  await expect(stack.call(getUser, { username: 'alice' })).rejects.toMatchObject({ code: 'user_not_found' });
  const { profiles } = await stack.call(getProfiles, { ids: [id] });
  expect(profiles).toMatchObject([{ ...shown, version: 2 }]);
  const { users } = await stack.call(listUsers, { callerId: id, limit: 10 });
  expect(users).toEqual([]);
  const login = stack.call(checkCredentials, { username: 'alice', password });
  await expect(login).rejects.toMatchObject({ code: 'invalid_credentials' });
  const again = stack.call(createUser, { username: 'alice', password });
  await expect(again).rejects.toMatchObject({ code: 'username_taken' });
});

test('nobody deletes an account without its password, and a repeat changes nothing', async () => {
  const { id } = await stack.register('alice');
  for (const wrong of ['not the password', 'short']) {
    const attempt = stack.call(deleteUser, { id, password: wrong });
    await expect(attempt).rejects.toMatchObject({ code: 'wrong_password' });
  }
  expect(await stack.call(getUser, { id })).toMatchObject({ username: 'alice' });
  await stack.call(deleteUser, { id, password });
  expect(await stack.call(deleteUser, { id, password })).toEqual({});
  const nobody = stack.call(deleteUser, { id: '01990000-0000-7000-8000-000000000000', password });
  await expect(nobody).rejects.toMatchObject({ code: 'user_not_found' });
});
