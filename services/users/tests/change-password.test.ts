import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  beginSecondFactor,
  changePassword,
  checkCredentials,
  confirmSecondFactor,
  createSession,
  credentialsChanged,
  deleteUser,
  getUser,
  listSessions,
  refreshSession,
  removeSecondFactor,
  type SessionGrant,
  sessionEnded,
  type User,
} from '@natter/contracts';
import { authenticatorCode, waitFor } from '@natter/testkit';
import jwt from 'jsonwebtoken';
import { withPassword } from '../src/domain/change-password.ts';
import { createMongoStorage } from '../src/storage/mongo-storage.ts';
import { password, Stack } from './_stack.ts';

const newPassword = 'a new password';

/** How its bearer was known. */
const amrOf = ({ accessToken }: SessionGrant) => (jwt.decode(accessToken) as jwt.JwtPayload)['amr'];

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

test('a second factor that is turned on ends all other sessions, and is shown to its owner alone', async () => {
  const gail = await stack.register('gail');
  const [current, other] = [await logIn(gail), await logIn(gail)];
  const shown = () => stack.call(getUser, { callerId: gail.id, id: gail.id });
  expect(await shown()).toMatchObject({ secondFactor: 'off' });
  const { recoveryCodes } = await stack.turnFactorOn(gail.id, current.session.id);
  expect(recoveryCodes).toHaveLength(10);
  await waitFor(() => changed.includes(gail.id), { what: 'the gateways to be told' });
  expect(ended).toContain(other.session.id);
  expect(await alive(gail)).toEqual([current.session.id]);
  expect(await shown()).toMatchObject({ secondFactor: 'on' });
  expect(await stack.call(getUser, { id: gail.id })).toEqual(gail);
  const wrong = ['gail', 'nobody'].map((username) =>
    stack.call(createSession, { username, password: 'not the password', code: recoveryCodes[0] }),
  );
  const same = { code: 'invalid_credentials', detail: undefined };
  await Promise.all(wrong.map((refusal) => expect(refusal).rejects.toMatchObject(same)));
});

test('of many log-ins with one code at the same moment, through two replicas, one gets in', async () => {
  await stack.startService();
  const hugo = await stack.register('hugo');
  const { secret, code: used, recoveryCodes } = await stack.turnFactorOn(hugo.id);
  const enter = (code: string) => stack.call(createSession, { username: 'hugo', password, code });
  await expect(enter(used)).rejects.toMatchObject({ code: 'wrong_code' });
  for (const code of [authenticatorCode(secret, { later: true }), String(recoveryCodes[0])]) {
    const attempts = await Promise.allSettled(Array.from({ length: 4 }, () => enter(code)));
    const refusals = attempts.filter((attempt) => attempt.status === 'rejected');
    expect(refusals.map(({ reason }) => reason.code)).toEqual(Array(3).fill('wrong_code'));
  }
  expect(await alive(hugo)).toHaveLength(2);
});

test('a second factor is begun and taken off with the password, and confirmed with a code of the latest secret', async () => {
  const { id: callerId } = await stack.register('iris');
  const begin = (typed = password) => stack.call(beginSecondFactor, { callerId, password: typed });
  const confirm = (code: string) => stack.call(confirmSecondFactor, { callerId, code });
  const remove = (code: string, typed = password) =>
    stack.call(removeSecondFactor, { callerId, password: typed, code });
  await expect(begin('not the password')).rejects.toMatchObject({ code: 'wrong_password' });
  await expect(confirm('123456')).rejects.toMatchObject({ code: 'second_factor_not_found' });
  const [before, latest] = [await begin(), await begin()];
  await expect(remove('123456')).rejects.toMatchObject({ code: 'second_factor_not_found' });
  await expect(confirm(authenticatorCode(before.secret))).rejects.toMatchObject({ code: 'wrong_code' });
  const { recoveryCodes } = await confirm(authenticatorCode(latest.secret));
  await expect(begin()).rejects.toMatchObject({ code: 'second_factor_on' });
  await expect(confirm('123456')).rejects.toMatchObject({ code: 'second_factor_on' });
  const [code = ''] = recoveryCodes;
  await expect(remove(code, 'not the password')).rejects.toMatchObject({ code: 'wrong_password' });
  await remove(code);
  await stack.call(checkCredentials, { username: 'iris', password });
});

test('a session that was begun with a second factor ends when that is taken off, and shows it until then', async () => {
  const jill = await stack.register('jill');
  const before = await logIn(jill);
  expect(amrOf(before)).toEqual(['pwd']);
  const { recoveryCodes } = await stack.turnFactorOn(jill.id, before.session.id);
  const refreshed = await stack.call(refreshSession, { refreshToken: before.refreshToken });
  expect(amrOf(refreshed)).toEqual(['pwd', 'otp', 'mfa']);
  // Within the time in which the same token gets the same successor.
  const repeated = await stack.call(refreshSession, { refreshToken: before.refreshToken });
  expect([repeated.refreshToken, amrOf(repeated)]).toEqual([refreshed.refreshToken, amrOf(refreshed)]);
  const [first = '', second = ''] = recoveryCodes;
  const other = await stack.call(createSession, { username: 'jill', password, code: first });
  expect(amrOf(other)).toEqual(['pwd', 'otp', 'mfa']);
  await stack.call(removeSecondFactor, { callerId: jill.id, password, code: second });
  await waitFor(() => [before, other].every(({ session }) => ended.includes(session.id)), {
    what: 'the gateways to be told',
  });
  expect(await alive(jill)).toEqual([]);
  expect(amrOf(await logIn(jill))).toEqual(['pwd']);
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
