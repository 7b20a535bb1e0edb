import { createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Deadline } from '@natter/bus';
import {
  checkCredentials,
  createSession,
  endSession,
  listEndedSessions,
  listSessions,
  listSigningKeys,
  type NatterError,
  refreshSession,
  type SessionGrant,
  sessionEnded,
  type User,
} from '@natter/contracts';
import { waitFor } from '@natter/testkit';
import jwt from 'jsonwebtoken';
import { writeKeyFile } from './_keys.ts';
import { password, Stack } from './_stack.ts';

let stack: Stack;
let alice: User;

beforeAll(async () => {
  stack = await Stack.create();
  await stack.startService({
    JWT_PRIVATE_KEY_FILE: `${await writeKeyFile()},${await writeKeyFile()}`,
    ACCESS_TOKEN_SECONDS: '120',
  });
  alice = await stack.register('alice');
});

afterAll(() => stack.close());

const logIn = (device?: string): Promise<SessionGrant> =>
  stack.call(createSession, { username: 'Alice', password, device });

test('right credentials tell whose they are', async () => {
  expect(await stack.call(checkCredentials, { username: 'ALICE', password })).toEqual(alice);
});

test.each([checkCredentials, createSession])(
  'wrong credentials of any kind get one and the same answer ($name)',
  async (operation) => {
    const attempts = [
      { username: 'alice', password: 'not the password' },
      { username: 'alice', password: 'short' },
      { username: 'alice', password: '' },
      { username: 'nobody', password },
      { username: '\u212a', password },
      { username: 'not a username', password },
      { username: '', password: '' },
    ];
    const answers = new Set<string>();
    // One after the other: that many hashes at once take longer than a caller waits where little processor is left.
    for (const attempt of attempts) {
      const answer = await stack.call(operation, attempt).then(
        () => 'let in',
        ({ code, detail, faults, retryAfter }: NatterError) => ({ code, detail, faults, retryAfter }),
      );
      answers.add(JSON.stringify(answer));
    }
    expect(answers).toEqual(new Set([JSON.stringify({ code: 'invalid_credentials' })]));
  },
);

test('a session is granted with all that a client needs', async () => {
  const grant = await logIn('Phone');
  expect(grant).toEqual({
    session: {
      id: expect.any(String),
      device: 'Phone',
      created: expect.any(String),
      lastUsed: grant.session.created,
      current: true,
    },
    user: alice,
    accessToken: expect.any(String),
    tokenType: 'Bearer',
    expiresIn: 120,
    refreshToken: expect.stringMatching(/^[A-Za-z0-9_-]{64}$/),
  });
});

test('a session needs no name for its device', async () => {
  expect((await logIn()).session.device).toBeNull();
});

test('the refresh token itself is kept nowhere', async () => {
  const { refreshToken, session } = await logIn();
  const kept = await stack.database.mongoose.collection('sessions').findOne({ _id: session.id as never });
  expect(kept).toMatchObject({ userId: alice.id, refreshTokenHash: expect.stringMatching(/^.{43}$/) });
  const bytes = Buffer.from(refreshToken, 'base64url');
  for (const part of [bytes, bytes.subarray(0, 16), bytes.subarray(16)]) {
    expect(JSON.stringify(kept)).not.toContain(part.toString('base64url').slice(0, 20));
  }
});

/** Waits for long, so that none of many at once is given up on a slow machine. */
const refresh = (refreshToken: string): Promise<SessionGrant> => {
  const patient = { ...refreshSession, timeoutMs: 60_000 };
  return stack.bus.call(patient, { refreshToken }, { requestId: 'test', deadline: Deadline.in(60_000) });
};

test('a session has one line of tokens, by however many it is refreshed at once', async () => {
  const { refreshToken, session } = await logIn('Tabs');
  const grants = await Promise.all(Array.from({ length: 20 }, () => refresh(refreshToken)));
  const successors = new Set(grants.map((grant) => grant.refreshToken));
  expect(successors.size).toBe(1);
  expect(new Set(grants.map((grant) => grant.accessToken)).size).toBe(20);
  const next = await refresh([...successors].join());
  expect(next).toMatchObject({ session: { id: session.id, device: 'Tabs', current: true }, user: alice });
});

test('a user sees the sessions that are alive, and ends one of them for good', async () => {
  const { id: callerId } = await stack.register('bob');
  const logInAsBob = (device: string) => stack.call(createSession, { username: 'bob', password, device });
  const [desk, phone] = [await logInAsBob('Desk'), await logInAsBob('Phone')];
  const list = async (more: { limit?: number; cursor?: string } = {}) =>
    stack.call(listSessions, { callerId, currentId: desk.session.id, limit: 10, ...more });
  expect(await list()).toEqual({
    sessions: [{ ...phone.session, current: false }, desk.session],
    next: null,
  });
  const { sessions, next } = await list({ limit: 1 });
  expect(sessions).toMatchObject([{ device: 'Phone' }]);
  expect((await list({ limit: 1, cursor: String(next) })).sessions).toMatchObject([{ device: 'Desk' }]);

  const pushed: unknown[] = [];
  await stack.bus.listen(sessionEnded, { handle: (push) => pushed.push(push), onGap: () => undefined });
  const { id } = phone.session;
  await expect(stack.call(endSession, { callerId: alice.id, id })).rejects.toMatchObject({
    code: 'session_not_found',
  });
  expect(await stack.call(endSession, { callerId, id })).toEqual({});
  await expect(refresh(phone.refreshToken)).rejects.toMatchObject({ code: 'invalid_token' });
  expect((await list()).sessions).toMatchObject([{ device: 'Desk' }]);
  await refresh(desk.refreshToken);

  const ended = { id, accessUntil: expect.any(String) };
  await waitFor(() => pushed.length > 0, { what: 'the push' });
  expect(pushed).toEqual([{ userId: callerId, sessions: [ended] }]);
  expect((await stack.call(listEndedSessions, { limit: 1_000 })).sessions).toEqual([ended]);
  // Repeated, as after an answer that was lost, it is told again.
  expect(await stack.call(endSession, { callerId, id })).toEqual({});
  await waitFor(() => pushed.length > 1, { what: 'the push once more' });
});

test('what is no refresh token, or none of anybody, is invalid', async () => {
  for (const refreshToken of ['', 'x', 'A'.repeat(64)]) {
    await expect(refresh(refreshToken)).rejects.toMatchObject({ code: 'invalid_token' });
  }
});

test('an access token is signed by the first of the published keys', async () => {
  const { accessToken, session } = await logIn();
  const { keys } = await stack.call(listSigningKeys, {});
  expect(keys).toHaveLength(2);
  const signing = createPublicKey({ key: { ...keys[0] }, format: 'jwk' });
  const expected = {
    algorithms: ['ES256'],
    issuer: 'natter',
    audience: 'natter-api',
    complete: true,
  } as const;
  const { header, payload } = jwt.verify(accessToken, signing, { ...expected, algorithms: ['ES256'] });
  expect(header).toMatchObject({ typ: 'at+jwt', kid: keys[0]?.kid });
  expect(payload).toMatchObject({ sub: alice.id, sid: session.id, username: 'alice' });
  const other = createPublicKey({ key: { ...keys[1] }, format: 'jwk' });
  expect(() => jwt.verify(accessToken, other, { algorithms: ['ES256'] })).toThrow('invalid signature');
});

test('more logins at once than may wait are refused as overloaded, and the others are served', async () => {
  const attempts = Array.from({ length: 100 }, () =>
    stack.call(checkCredentials, { username: 'alice', password }),
  );
  const results = await Promise.allSettled(attempts);
  const refusals = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason.code);
  expect(refusals.length).toBeLessThan(100);
  expect(refusals).toContain('overloaded');
  // On a busy machine the answers to some of the others may come too late.
  expect(refusals.filter((code) => !['overloaded', 'service_unavailable'].includes(code))).toEqual([]);
});
