import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { implement } from '@natter/bus';
import {
  beginSecondFactor,
  confirmSecondFactor,
  createSession,
  createUser,
  deleteUser,
  listUsers,
  NatterError,
  removeSecondFactor,
  updateUser,
} from '@natter/contracts';
import type { Client } from './_client.ts';
import { alice, basic, deletedUser, herself, lookups, password, Stack } from './_stack.ts';

const grant = {
  session: { id: alice.id, device: 'desk', created: alice.created, lastUsed: alice.created, current: true },
  user: alice,
  accessToken: 'a',
  tokenType: 'Bearer' as const,
  expiresIn: 600,
  refreshToken: 'r',
};

/** Of presence, in its document. */
const pathsOf = async (one: Client) =>
  Object.keys((await one.get('/openapi.json')).json['paths'] as object).filter((path) =>
    path.endsWith('/presence'),
  );

describe('the routes of users', () => {
  const asked: unknown[] = [];
  let stack: Stack;
  let gateway: Client;

  beforeAll(async () => {
    stack = await Stack.create();
    await stack.serveAlice(
      implement(createUser, async ({ username, displayName = username }) => {
        if (username === 'taken') throw new NatterError('username_taken');
        return { ...alice, username, displayName };
      }),
      implement(listUsers, async (request) => {
        asked.push(request);
        if (request.cursor === 'foreign') throw new NatterError('cursor_invalid');
        return { users: [{ ...alice, username: 'bob' }], next: 'further' };
      }),
      implement(updateUser, async (changes) => ({ ...herself, ...changes })),
      implement(deleteUser, async (request) => {
        asked.push(request);
        if (request.password !== password) throw new NatterError('wrong_password');
        return {};
      }),
      implement(beginSecondFactor, async (request) => {
        asked.push(request);
        return { secret: 'SECRET', uri: 'otpauth://totp/alice?secret=SECRET' };
      }),
      implement(confirmSecondFactor, async (request) => {
        asked.push(request);
        return { recoveryCodes: ['one', 'other'] };
      }),
      implement(removeSecondFactor, async (request) => {
        asked.push(request);
        return {};
      }),
      implement(createSession, async (given) => {
        asked.push(given);
        if (given.password !== password) throw new NatterError('invalid_credentials');
        return grant;
      }),
    );
    gateway = await stack.startGateway({ REGISTRATION: 'open' });
  });
  afterAll(() => stack.close());

  it('make an account and say where it is', async () => {
    const body = { username: 'Dora', password: 'long enough', displayName: 'D.' };
    const answer = await gateway.post('/api/v1/users', body, { authorization: null });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('Location')).toBe('/api/v1/users/dora');
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    expect(answer.json).toEqual({ ...alice, username: 'dora', displayName: 'D.' });
  });

  it('refuse a name that is taken', async () => {
    const body = { username: 'taken', password: 'long enough' };
    const answer = await gateway.post('/api/users/', body, { authorization: null });
    expect([answer.status, answer.json['code']]).toEqual([409, 'username_taken']);
  });

  it('make no account where registration is closed', async () => {
    const closed = await stack.startGateway();
    const body = { username: 'dora', password: 'long enough' };
    const answer = await closed.post('/api/users/', body, { authorization: null });
    expect([answer.status, answer.json['code']]).toEqual([403, 'registration_closed']);
    expect((await closed.get('/api/server')).json).toMatchObject({ registration: 'closed' });
  });

  it('tell everyone the limits', async () => {
    const own = await stack.startGateway({ MESSAGE_MAX_CHARACTERS: '20', GROUP_MAX_MEMBERS: '30' });
    const { json } = await own.get('/api/v1/server', { authorization: null });
    expect(json['limits']).toEqual({
      messageCharacters: 20,
      messageBytes: 16_384,
      groupMembers: 30,
      reactionKinds: 20,
      mentions: 50,
      pageSize: 200,
      streams: 20,
      bodyBytes: 65_536,
    });
  });

  it('list the others to whoever asks', async () => {
    const answer = await gateway.get('/api/v1/users?limit=9999&cursor=c&q=b&colour=red');
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      data: [{ ...alice, username: 'bob' }],
      page: { next: 'further', limit: 200 },
    });
    expect(asked.at(-1)).toEqual({ callerId: alice.id, limit: 200, cursor: 'c', q: 'b' });
  });

  it('search for names as long as they may be', async () => {
    const q = '\u{1f600}'.repeat(64);
    expect((await gateway.get(`/api/users?q=${encodeURIComponent(q)}`)).status).toBe(200);
    expect(asked.at(-1)).toMatchObject({ q });
  });

  it('list fifty where no limit is given', async () => {
    await gateway.get('/api/users/');
    expect(asked.at(-1)).toEqual({ callerId: alice.id, limit: 50 });
  });

  it('refuse a cursor that is not theirs', async () => {
    const answer = await gateway.get('/api/users?cursor=foreign');
    expect([answer.status, answer.json['code']]).toEqual([400, 'cursor_invalid']);
  });

  it('show oneself and others', async () => {
    for (const path of ['/api/v1/users/me', '/api/users/me/', '/api/users/Alice', `/api/users/${alice.id}`]) {
      const answer = await gateway.get(path);
      expect([answer.status, answer.json]).toEqual([200, herself]);
    }
  });

  it('tell the users service who looks somebody up', async () => {
    await gateway.get('/api/users/alice');
    expect(lookups.at(-1)).toEqual({ username: 'alice', callerId: alice.id });
    await gateway.get(`/api/users/${deletedUser.id}`);
    expect(lookups.at(-1)).toEqual({ id: deletedUser.id, callerId: alice.id });
  });

  it('show what is left of a deleted user, who is nobody to themselves', async () => {
    const answer = await gateway.get(`/api/users/${deletedUser.id}`);
    expect([answer.status, answer.json]).toEqual([200, deletedUser]);
    const authorization = `Bearer ${stack.token({ sub: deletedUser.id })}`;
    const oneself = await gateway.get('/api/users/me', { authorization });
    expect([oneself.status, oneself.json['code']]).toEqual([401, 'invalid_token']);
  });

  test.each([
    [{}, 400, 'validation_failed'],
    [{ password: 'not the one' }, 403, 'wrong_password'],
    [{ password }, 204, undefined],
  ])('delete the account of whoever sends %j with %i', async (body, status, code) => {
    const answer = await gateway.delete('/api/v1/users/me', { body });
    expect([answer.status, answer.json['code']]).toEqual([status, code]);
    if (status !== 400) expect(asked.at(-1)).toEqual({ id: alice.id, ...body });
  });

  it('begin, confirm and take off the second factor of whoever asks', async () => {
    const route = '/api/v1/users/me/second-factor';
    const begun = await gateway.post(route, { password });
    expect([begun.status, begun.json['secret']]).toEqual([201, 'SECRET']);
    expect(begun.headers.get('Cache-Control')).toBe('no-store');
    expect(asked.at(-1)).toEqual({ callerId: alice.id, password });
    const confirmed = await gateway.put(route, { code: '123 456' });
    expect([confirmed.status, confirmed.json]).toEqual([200, { recoveryCodes: ['one', 'other'] }]);
    expect(confirmed.headers.get('Cache-Control')).toBe('no-store');
    expect(asked.at(-1)).toEqual({ callerId: alice.id, currentId: expect.any(String), code: '123 456' });
    const body = { password, code: 'one' };
    expect((await gateway.delete(route, { body })).status).toBe(204);
    expect(asked.at(-1)).toEqual({ callerId: alice.id, ...body });
    const long = await gateway.put(route, { code: 'x'.repeat(65) });
    expect([long.status, long.json['code']]).toEqual([400, 'validation_failed']);
  });

  it('change the display name of whoever asks, and their choice about receipts, and nothing else', async () => {
    const answer = await gateway.patch('/api/v1/users/me', { displayName: 'A. A.' });
    expect([answer.status, answer.json]).toEqual([200, { ...herself, displayName: 'A. A.' }]);
    const hidden = await gateway.patch('/api/v1/users/me', { receipts: 'private' });
    expect([hidden.status, hidden.json]).toEqual([200, { ...herself, receipts: 'private' }]);
    for (const body of [{}, { receipts: 'none' }]) {
      const refused = await gateway.patch('/api/v1/users/me', body);
      expect([refused.status, refused.json['code']]).toEqual([400, 'validation_failed']);
    }
    const username = await gateway.patch('/api/users/me', { displayName: 'A. A.', username: 'root' });
    expect([username.status, username.json['code']]).toEqual([400, 'validation_failed']);
    const turned = await gateway.patch('/api/users/me', { displayName: '\u202eecilA' });
    expect([turned.status, turned.json['code']]).toEqual([400, 'validation_failed']);
  });

  it('take what is said of presence, and have no such paths where it is switched off', async () => {
    expect(await pathsOf(gateway)).toEqual([]);
    const telling = await stack.startGateway({ PRESENCE: 'on' });
    expect(await pathsOf(telling)).toEqual(['/api/v1/users/me/presence', '/api/v1/users/{user}/presence']);
    const unknown = await telling.get('/api/v1/users/nobody/presence');
    expect([unknown.status, unknown.json['code']]).toEqual([404, 'user_not_found']);
    const status = await telling.put('/api/v1/users/me/presence', { status: 'invisible' });
    expect([status.status, status.json['code']]).toEqual([400, 'validation_failed']);
    expect((await telling.put('/api/v1/users/me/presence', { status: 'away' })).status).toBe(204);
  });

  it('take HTTP Basic as HTTPie sends it', async () => {
    const answer = await gateway.get('/api/users/me/', { authorization: basic(`alice:${password}`) });
    expect([answer.status, answer.json]).toEqual([200, herself]);
  });

  it('open a session', async () => {
    const body = { username: 'alice', password, device: 'desk' };
    const answer = await gateway.post('/api/v1/sessions', body, { authorization: null });
    expect([answer.status, answer.json]).toEqual([201, grant]);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
  });

  it('hand on the code that a session is opened with', async () => {
    const body = { username: 'alice', password, code: '123456' };
    expect((await gateway.post('/api/v1/sessions', body, { authorization: null })).status).toBe(201);
    expect(asked.at(-1)).toEqual(body);
  });

  it('open no session for a wrong password', async () => {
    const body = { username: 'alice', password: 'wrong' };
    const answer = await gateway.post('/api/v1/sessions', body, { authorization: null });
    expect([answer.status, answer.json['code']]).toEqual([401, 'invalid_credentials']);
    expect(answer.headers.get('WWW-Authenticate')).toContain('Bearer realm="natter"');
  });

  it('publish the keys that verify tokens', async () => {
    const answer = await gateway.get('/.well-known/jwks.json', { authorization: null });
    expect(answer.json).toEqual({
      keys: [expect.objectContaining({ kid: 'k1', alg: 'ES256', use: 'sig', kty: 'EC' })],
    });
    expect(answer.headers.get('Cache-Control')).toBe('public, max-age=60');
  });

  it('answer the same bytes for whoever is hidden, absent or impossible', async () => {
    const headers = { 'X-Request-Id': 'the-same' };
    const paths = [
      '/api/users/nobody',
      '/api/users/n%20o',
      '/api/users/01941f29-7c00-7000-8000-00000000ffff',
    ];
    const answers = await Promise.all(paths.map((path) => gateway.get(path, { headers })));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(answers[0]?.json).toMatchObject({ code: 'user_not_found', requestId: 'the-same' });
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });
});
