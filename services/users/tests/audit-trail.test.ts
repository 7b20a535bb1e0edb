import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  changePassword,
  checkCredentials,
  createSession,
  deleteUser,
  disableUser,
  enableUser,
  endSession,
  listAudit,
  refreshSession,
  removeSecondFactor,
  resetPassword,
  resetSecondFactor,
} from '@natter/contracts';
import { waitFor } from '@natter/testkit';
import { clientAddress, password, Stack } from './_stack.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await Stack.create();
  await stack.startService();
});

afterAll(() => stack.close());

const recordsOf = async (username: string) =>
  (await stack.call(listAudit, { username, limit: 100 })).records.toReversed();

const endOf = async (username: string) =>
  (await recordsOf(username)).find(({ kind }) => kind.startsWith('session.'));

test('what happens to an account is in the audit log, under its name, and no secret', async () => {
  const { id: callerId } = await stack.register('alice');
  const { session, refreshToken } = await stack.call(createSession, { username: 'alice', password });
  await stack.call(endSession, { callerId, id: session.id });
  const newPassword = 'another horse battery';
  await stack.call(changePassword, { callerId, currentPassword: password, newPassword });
  await stack.call(deleteUser, { id: callerId, password: newPassword });
  await waitFor(async () => (await recordsOf('alice')).length === 5, { what: 'the audit log to be written' });
  const records = await recordsOf('alice');
  expect(records.map(({ kind }) => kind).toSorted()).toEqual([
    'account.created',
    'account.deleted',
    'login.succeeded',
    'password.changed',
    'session.revoked',
  ]);
  expect(new Set(records.map(({ address }) => address))).toEqual(new Set([clientAddress]));
  for (const secret of [password, newPassword, refreshToken]) {
    expect(JSON.stringify(records)).not.toContain(secret);
  }
});

test('what operators do to an account is in the audit log as theirs', async () => {
  const username = 'carol';
  await stack.register(username);
  await stack.call(resetPassword, { username, password: 'a third horse battery' });
  await stack.call(disableUser, { username });
  await stack.call(enableUser, { username });
  const theirs = async () => (await recordsOf(username)).filter(({ by }) => by === 'operator');
  await waitFor(async () => (await theirs()).length === 3, { what: 'the audit log to be written' });
  const kinds = (await theirs()).map(({ kind }) => kind);
  expect(kinds).toEqual(['password.changed', 'account.disabled', 'account.enabled']);
});

test('what is done with a second factor is in the audit log, and no secret, as in the database', async () => {
  const { id: callerId, username } = await stack.register('dora');
  const { secret, recoveryCodes } = await stack.turnFactorOn(callerId);
  const [first = '', last = ''] = recoveryCodes;
  const enter = (code?: string) => stack.call(createSession, { username, password, code });
  await expect(enter()).rejects.toMatchObject({ code: 'second_factor_required' });
  const basic = stack.call(checkCredentials, { username, password });
  await expect(basic).rejects.toMatchObject({ code: 'second_factor_required' });
  await expect(enter('000-000')).rejects.toMatchObject({ code: 'wrong_code' });
  await enter(first);
  const remove = (code: string) => stack.call(removeSecondFactor, { callerId, password, code });
  await expect(remove(first)).rejects.toMatchObject({ code: 'wrong_code' });
  const kept = JSON.stringify(await stack.database.mongoose.collection('users').find().toArray());
  for (const hidden of [secret, first, last]) expect(kept).not.toContain(hidden);
  await remove(last);
  await stack.turnFactorOn(callerId);
  await stack.call(resetSecondFactor, { username });
  await stack.call(resetSecondFactor, { username });
  await enter();
  await waitFor(async () => (await recordsOf(username)).length === 13, {
    what: 'the audit log to be written',
  });
  const records = await recordsOf(username);
  const told = records.map(({ kind, by, detail = '' }) => `${kind} by ${by} ${detail}`.trimEnd());
  expect(told.toSorted()).toEqual([
    'account.created by user',
    'login.failed by user the right password with a wrong code',
    'login.failed by user the right password without a code',
    'login.failed by user the right password without a code',
    'login.succeeded by user',
    'login.succeeded by user',
    'second_factor.disabled by operator',
    'second_factor.disabled by user',
    'second_factor.enabled by user',
    'second_factor.enabled by user',
    'second_factor.recovery_used by user 8 left',
    'second_factor.recovery_used by user 9 left',
    'second_factor.wrong_code by user',
  ]);
  for (const hidden of [password, secret, ...recoveryCodes]) {
    expect(JSON.stringify(records)).not.toContain(hidden);
  }
});

test('that a session ended for a refresh token that is not its own is in the audit log', async () => {
  const { id: userId } = await stack.register('bob');
  const { session, refreshToken } = await stack.call(createSession, { username: 'bob', password });
  // Of the same line, and not the one that it is at: the same as an old one, but for no time having to go by.
  const stolen = { refreshToken: `${refreshToken.slice(0, -8)}AAAAAAAA` };
  await expect(stack.call(refreshSession, stolen)).rejects.toMatchObject({ code: 'invalid_token' });
  await waitFor(async () => (await endOf('bob')) !== undefined, { what: 'the record' });
  expect(await endOf('bob')).toMatchObject({
    kind: 'session.reused_refresh_token',
    by: 'service',
    address: clientAddress,
    userId,
    sessionId: session.id,
  });
});
