import { expect, test } from '@jest/globals';
import { Deadline } from '@natter/bus';
import type { RegistrationPolicy } from '@natter/contracts';
import { createAdmit } from '../domain/admit.ts';
import type { AuditEvent } from '../domain/audit-log.ts';
import { hashInvite } from '../domain/invite.ts';
import type { Passwords } from '../domain/passwords.ts';
import type { Profile } from '../domain/profile.ts';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { handleCreateUser } from './create-user.ts';

const passwords: Passwords = {
  hash: async (password) => `hash of ${password}`,
  verify: async (hash, password) => hash === `hash of ${password}`,
};

const typed = 'secret password';

function setUp(policy: RegistrationPolicy = 'open') {
  const { accounts, invites } = createMemoryStorage();
  const announced: Profile[] = [];
  const recorded: AuditEvent[] = [];
  const making = {
    accounts,
    passwords,
    announce: (profile: Profile) => void announced.push(profile),
    record: (event: AuditEvent) => void recorded.push(event),
  };
  const handler = handleCreateUser(createAdmit(policy, invites), making);
  const context = { requestId: 'test', deadline: Deadline.in(1_000) };
  const register = (invite?: string, username = 'alice', password = typed) =>
    handler.handle({ username, password, invite }, context);
  const invite = (token: string, expires = new Date('2126-01-01')) =>
    invites.add({ hash: hashInvite(token), created: new Date(), expires });
  return { accounts, announced, recorded, register, invite };
}

const closed = { code: 'registration_closed' };

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

test('a password that is easily guessed makes no account', async () => {
  const { accounts, announced, register } = setUp();
  const faults = [{ pointer: '/password', message: expect.any(String) }];
  await expect(register(undefined, 'alice', 'Baseball')).rejects.toMatchObject({
    code: 'validation_failed',
    faults,
  });
  expect([await accounts.findByUsername('alice'), announced]).toEqual([undefined, []]);
});

test('where registration is closed nobody gets an account, not with an invite either', async () => {
  const { register, invite, announced, recorded } = setUp('closed');
  await invite('good');
  await expect(register()).rejects.toMatchObject(closed);
  await expect(register('good')).rejects.toMatchObject(closed);
  expect(announced).toEqual([]);
  expect(recorded.map(({ kind }) => kind)).toEqual(['account.refused', 'account.refused']);
});

test('where registration is by invite, one makes one account', async () => {
  const { register, invite, recorded } = setUp('invite');
  await invite('good');
  await expect(register()).rejects.toMatchObject({ ...closed, detail: 'An invite is needed' });
  await register('good');
  await expect(register('good', 'bob')).rejects.toMatchObject(closed);
  const created = recorded.find(({ kind }) => kind === 'account.created');
  expect(created).toMatchObject({ by: 'user', username: 'alice', detail: expect.stringMatching(/^invite /) });
  expect(JSON.stringify(recorded)).not.toContain('good"');
});

test('an invite that never was, that has expired and that is used answer alike, whoever has the name', async () => {
  const { register, invite } = setUp('invite');
  await invite('used');
  await invite('expired', new Date('2020-01-01'));
  await register('used');
  const refusals = await Promise.allSettled(
    ['never was', 'expired', 'used'].flatMap((token) => [register(token), register(token, 'bob')]),
  );
  const reasons = refusals.map((refusal) => refusal.status === 'rejected' && refusal.reason);
  expect(reasons).toEqual(Array(6).fill(expect.objectContaining(closed)));
  expect(new Set(reasons.map(({ detail }) => detail)).size).toBe(1);
});

test('a registration that fails leaves its invite good', async () => {
  const { register, invite } = setUp('invite');
  await invite('first');
  await invite('second');
  await register('first');
  await expect(register('second', 'a1ice')).rejects.toMatchObject({ code: 'username_taken' });
  expect(await register('second', 'bob')).toMatchObject({ username: 'bob' });
});
