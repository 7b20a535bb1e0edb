import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  changePassword,
  checkCredentials,
  createSession,
  credentialsChanged,
  deleteUser,
  listSessions,
  refreshSession,
  sessionEnded,
  type User,
} from '@natter/contracts';
import { waitFor } from '@natter/testkit';
import { withPassword } from '../src/domain/change-password.ts';
import { createMongoStorage } from '../src/storage/mongo-storage.ts';
import { password, Stack } from './_stack.ts';

const newPassword = 'a new password';

let stack: Stack;
const ended: string[] = [];
const changed: string[] = [];

beforeAll(async () => {
  stack = await Stack.create();
  await stack.startService();
  await stack.bus.listen(sessionEnded, {
    handle: ({ sessions }) => ended.push(...sessions.map(({ id }) => id)),
    onGap: () => undefined,
  });
  await stack.bus.listen(credentialsChanged, {
    handle: ({ userId }) => changed.push(userId),
    onGap: () => undefined,
  });
});

afterAll(() => stack.close());

const logIn = ({ username }: User) => stack.call(createSession, { username, password });

const alive = async ({ id: callerId }: User) =>
  (await stack.call(listSessions, { callerId, limit: 10 })).sessions.map(({ id }) => id);

test('a changed password ends all other sessions, and the old one opens nothing', async () => {
  const alice = await stack.register('alice');
  const [current, other] = [await logIn(alice), await logIn(alice)];
  const change = (currentPassword: string) =>
    stack.call(changePassword, {
      callerId: alice.id,
      currentId: current.session.id,
      currentPassword,
      newPassword,
    });
  await expect(change('not the password')).rejects.toMatchObject({ code: 'wrong_password' });
  await expect(change('short')).rejects.toMatchObject({ code: 'wrong_password' });
  expect(await alive(alice)).toHaveLength(2);
  const guessable = { callerId: alice.id, currentPassword: password, newPassword: 'Password1' };
  await expect(stack.call(changePassword, guessable)).rejects.toMatchObject({
    code: 'validation_failed',
    faults: [{ pointer: '/newPassword', message: expect.stringContaining('frequent') }],
  });

  expect(await change(password)).toEqual({});
  await waitFor(() => changed.includes(alice.id), { what: 'the gateways to be told' });
  expect(ended).toEqual([other.session.id]);
  expect(await alive(alice)).toEqual([current.session.id]);
  const { refreshToken } = other;
  await expect(stack.call(refreshSession, { refreshToken })).rejects.toMatchObject({ code: 'invalid_token' });
  await stack.call(refreshSession, { refreshToken: current.refreshToken });
  const old = stack.call(checkCredentials, { username: 'alice', password });
  await expect(old).rejects.toMatchObject({ code: 'invalid_credentials' });
  expect(await stack.call(checkCredentials, { username: 'alice', password: newPassword })).toEqual(alice);
});

test('without a session that asks, as with HTTP Basic, a changed password ends all', async () => {
  const bob = await stack.register('bob');
  await logIn(bob);
  await stack.call(changePassword, { callerId: bob.id, currentPassword: password, newPassword });
  expect(await alive(bob)).toEqual([]);
});

test('the sessions of a deleted account end', async () => {
  const carol = await stack.register('carol');
  const { session, refreshToken } = await logIn(carol);
  await stack.call(deleteUser, { id: carol.id, password });
  await waitFor(() => changed.includes(carol.id), { what: 'the gateways to be told' });
  expect(ended).toContain(session.id);
  await expect(stack.call(refreshSession, { refreshToken })).rejects.toMatchObject({ code: 'invalid_token' });
});

test('sessions that a process which died has not ended are ended by another', async () => {
  const dave = await stack.register('dave');
  const { session } = await logIn(dave);
  const { accounts } = createMongoStorage(stack.database.mongoose);
  const account = await accounts.findById(dave.id);
  await accounts.replace(withPassword(account!, account!.passwordHash));
  await waitFor(() => changed.includes(dave.id), { what: 'the sweeper' });
  expect(ended).toContain(session.id);
});
