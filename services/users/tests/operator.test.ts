import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  checkCredentials,
  createSession,
  createUser,
  deleteUser,
  disableUser,
  enableUser,
  getUser,
  listSessions,
  type Operation,
  type RequestOf,
  refreshSession,
  resetPassword,
  resetSecondFactor,
} from '@natter/contracts';
import type { OperatorContext } from '@natter/platform';
import { waitFor } from '@natter/testkit';
import type { z } from 'zod';
import { hashInvite, inviteName } from '../src/domain/invite.ts';
import { addUser } from '../src/operator/add-user.ts';
import { changeUser } from '../src/operator/change-user.ts';
import { inviteUser } from '../src/operator/invite-user.ts';
import { type AuditOptions, listAudit } from '../src/operator/list-audit.ts';
import { listUsers } from '../src/operator/list-users.ts';
import { withUsersService } from '../src/operator/with-users-service.ts';
import { password, Stack } from './_stack.ts';

const ignore = () => undefined;

describe('the operator', () => {
  let stack: Stack;
  let context: OperatorContext;

  beforeAll(async () => {
    stack = await Stack.create();
    await stack.startService({ REGISTRATION: 'invite' });
    const environment = { NATS_URL: process.env['TEST_NATS_URL'], NATS_PREFIX: stack.name };
    context = { environment: () => environment, say: ignore, progress: ignore, fail: ignore };
  });
  afterAll(() => stack.close());

  const add = (username: string, displayName?: string) =>
    withUsersService(context, (bus) => addUser(bus, { username, displayName, password }));

  const register = async (username: string) => {
    await add(username);
    return await stack.call(getUser, { username });
  };

  const read = async (options: AuditOptions) => {
    const lines: string[] = [];
    await withUsersService(context, (bus) => listAudit(bus, options, (line) => lines.push(line)));
    return lines;
  };

  const list = async () => {
    const lines: string[] = [];
    await withUsersService(context, (bus) => listUsers(bus, (line) => lines.push(line)));
    return lines.map((line) => line.split(/ {2,}/));
  };

  const lastShownOf = async (name: string) => (await list()).find(([username]) => username === name)?.at(-1);

  it('makes an account, which its password opens', async () => {
    expect(await add('Ann', 'Ann Other')).toBe(true);
    const user = await stack.call(checkCredentials, { username: 'ann', password });
    expect(user).toMatchObject({ username: 'ann', displayName: 'Ann Other' });
  });

  it('is told of a username that is taken', async () => {
    await add('ben');
    expect(await add('BEN')).toBe(false);
  });

  it('is told every fault of what can be no account', async () => {
    const faulty = { username: 'root', displayName: '', password: 'short' };
    const adding = withUsersService(context, (bus) => addUser(bus, faulty));
    await expect(adding).rejects.toThrow(/username: .*\n.*password: .*\n.*displayName: /s);
  });

  it('sees all accounts but the deleted, the oldest first', async () => {
    await add('cid', 'Cid, who stays');
    const { id } = await register('dan');
    await stack.call(deleteUser, { id, password });
    expect((await list()).slice(-1)).toEqual([
      ['cid', expect.stringMatching(/^\d{4}-\d\d-\d\d$/), 'Cid, who stays'],
    ]);
  });

  it('makes an invite, with which one person can register, twice at once or one after the other', async () => {
    const { invite, expires } = await withUsersService(context, (bus) => inviteUser(bus, '3'));
    expect(Date.parse(expires)).toBeGreaterThan(Date.now() + 2 * 86_400_000);
    const accept = (username: string) => stack.call(createUser, { username, password, invite });
    const guests = await Promise.allSettled(['eve', 'fay', 'gil'].map(accept));
    const refused = guests.filter((guest) => guest.status === 'rejected');
    expect(refused.map(({ reason }) => reason.code)).toEqual(Array(2).fill('registration_closed'));
    await expect(accept('hal')).rejects.toMatchObject({ code: 'registration_closed' });
    const kept = await stack.database.mongoose.collection('invites').find().toArray();
    expect(JSON.stringify(kept)).not.toContain(invite);
  });

  it('finds each invite that it made in the audit log, by a name that opens nothing', async () => {
    const { invite } = await withUsersService(context, (bus) => inviteUser(bus, '3'));
    const name = inviteName(hashInvite(invite));
    const noted = async () => (await read({})).find((line) => line.endsWith(name));
    await waitFor(async () => (await noted()) !== undefined, { what: 'the audit log to be written' });
    expect(await noted()).toMatch(/ invite\.created .+ by operator /);
    expect((await read({})).join()).not.toContain(invite);
  });

  it('reads in the audit log who did what, the latest first, and no secret', async () => {
    await add('una');
    await stack.call(createSession, { username: 'una', password });
    const wrong = stack.call(createSession, { username: 'una', password: 'hunter2 hunter2' });
    await expect(wrong).rejects.toMatchObject({ code: 'invalid_credentials' });
    const kinds = ['login.failed', 'login.succeeded', 'account.created'];
    const kept = async () => (await read({ user: 'Una' })).length === kinds.length;
    await waitFor(kept, { what: 'the audit log to be written' });
    const lines = await read({ user: 'UNA', since: '2026-01-01' });
    expect(lines.map((line) => line.split(/ {2,}/)[1])).toEqual(kinds);
    expect(lines.at(-1)).toContain('by operator');
    expect(await read({ user: 'una', since: '2126-01-01' })).toEqual([
      'The audit log has nothing about una since 2126-01-01T00:00:00.000Z.',
    ]);
    expect((await read({})).join()).not.toMatch(/hunter2|correct horse/);
  });

  it.each([
    [{ since: 'yesterday' }, '--since'],
    [{ user: 'no name' }, '--user'],
  ])('is told that %j is nothing to look for', async (options, what) => {
    const reading = withUsersService(context, (bus) => listAudit(bus, options, ignore));
    await expect(reading).rejects.toThrow(what);
  });

  it.each(['0', '366', '1.5', 'week', ''])('makes no invite for "%s" days', async (days) => {
    const inviting = withUsersService(context, (bus) => inviteUser(bus, days));
    await expect(inviting).rejects.toThrow('--days');
  });

  const change = <O extends Operation<z.ZodObject>>(
    operation: O,
    request: RequestOf<O> & { username: string },
  ) => withUsersService(context, (bus) => changeUser(bus, operation, request));

  const logIn = (username: string, typed = password) =>
    stack.call(createSession, { username, password: typed });

  it('disables an account: its sessions end, and its password is as any wrong one until it is enabled', async () => {
    const { id: callerId } = await register('ida');
    const { refreshToken } = await logIn('ida');
    expect(await change(disableUser, { username: 'Ida' })).toBe(true);
    expect(await change(disableUser, { username: 'ida' })).toBe(true);
    await expect(stack.call(refreshSession, { refreshToken })).rejects.toMatchObject({
      code: 'invalid_token',
    });
    expect((await stack.call(listSessions, { callerId, limit: 10 })).sessions).toEqual([]);
    expect(await lastShownOf('ida')).toBe('(disabled)');
    const refusals = [logIn('ida'), logIn('nobody'), logIn('ida', 'not the password')];
    const same = { code: 'invalid_credentials', detail: undefined };
    await Promise.all(refusals.map((refusal) => expect(refusal).rejects.toMatchObject(same)));
    expect(await change(enableUser, { username: 'ida' })).toBe(true);
    expect(await lastShownOf('ida')).toBe('ida');
    await logIn('ida');
    await expect(stack.call(refreshSession, { refreshToken })).rejects.toMatchObject({
      code: 'invalid_token',
    });
  });

  it('gives an account another password, which ends its sessions', async () => {
    await register('joy');
    const { refreshToken } = await logIn('joy');
    expect(await change(resetPassword, { username: 'joy', password: 'another password' })).toBe(true);
    await expect(stack.call(refreshSession, { refreshToken })).rejects.toMatchObject({
      code: 'invalid_token',
    });
    await expect(logIn('joy')).rejects.toMatchObject({ code: 'invalid_credentials' });
    await logIn('joy', 'another password');
    const tooShort = change(resetPassword, { username: 'joy', password: 'short' });
    await expect(tooShort).rejects.toThrow(/^password: /);
  });

  it('takes a second factor off an account, which another password does not', async () => {
    const { id: callerId } = await register('lea');
    const { recoveryCodes } = await stack.turnFactorOn(callerId);
    await expect(logIn('lea')).rejects.toMatchObject({ code: 'second_factor_required' });
    expect(await change(resetPassword, { username: 'lea', password: 'another password' })).toBe(true);
    await expect(logIn('lea', 'another password')).rejects.toMatchObject({ code: 'second_factor_required' });
    const withCode = { username: 'lea', password: 'another password', code: recoveryCodes[0] };
    const { refreshToken } = await stack.call(createSession, withCode);
    expect(await change(resetSecondFactor, { username: 'Lea' })).toBe(true);
    const refresh = stack.call(refreshSession, { refreshToken });
    await expect(refresh).rejects.toMatchObject({ code: 'invalid_token' });
    expect(await change(resetSecondFactor, { username: 'lea' })).toBe(true);
    await logIn('lea', 'another password');
    expect(await change(resetSecondFactor, { username: 'nobody' })).toBe(false);
  });

  it('is told why a password would be guessed, and nothing is changed', async () => {
    const guessable = { username: 'kim', displayName: undefined, password: 'password1' };
    const adding = withUsersService(context, (bus) => addUser(bus, guessable));
    await expect(adding).rejects.toThrow(/^password: .*most frequent/);
    await register('kim');
    const resetting = change(resetPassword, { username: 'kim', password: 'Kim-2026-kim' });
    await expect(resetting).rejects.toThrow(/^password: .*username/);
    await logIn('kim');
  });

  it('is told of an account that there is not', async () => {
    expect(await change(disableUser, { username: 'nobody' })).toBe(false);
    expect(await change(enableUser, { username: 'nobody' })).toBe(false);
    expect(await change(resetPassword, { username: 'nobody', password })).toBe(false);
  });

  it('is told when nobody answers for the users service', async () => {
    const elsewhere = { ...context, environment: () => ({ ...context.environment(), NATS_PREFIX: 'empty' }) };
    const listing = withUsersService(elsewhere, (bus) => listUsers(bus, () => undefined));
    await expect(listing).rejects.toMatchObject({ code: 'service_unavailable' });
  });
});
