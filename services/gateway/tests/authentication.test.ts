import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { routes } from './_document.ts';
import { SocketUser } from './_socket-user.ts';
import { basic, herself, password, Stack } from './_stack.ts';

describe('authentication', () => {
  let stack: Stack;

  beforeEach(async () => {
    stack = await Stack.create();
    await stack.serveAlice();
  });
  afterEach(() => stack.close());

  test.each([
    ['nothing', null, 'unauthenticated', 'Bearer realm="natter"'],
    ['an unknown scheme', 'Digest x', 'unauthenticated', 'Bearer realm="natter"'],
    ['a bad token', 'Bearer x', 'invalid_token', 'Bearer realm="natter", error="invalid_token"'],
    ['a wrong password', basic('alice:wrong'), 'invalid_credentials', 'Bearer realm="natter"'],
    ['an unknown name', basic('nobody:wrong'), 'invalid_credentials', 'Bearer realm="natter"'],
    ['an impossible name', basic('no one:wrong'), 'invalid_credentials', 'Bearer realm="natter"'],
    ['no password', basic('alice'), 'invalid_credentials', 'Bearer realm="natter"'],
    [
      'a password too long',
      basic(`alice:${'x'.repeat(5_000)}`),
      'invalid_credentials',
      'Bearer realm="natter"',
    ],
  ])('by %s is 401 and says what is understood', async (_what, authorization, code, challenge) => {
    const gateway = await stack.startGateway();
    const answer = await gateway.get('/api/v1/users/me', { authorization });
    expect([answer.status, answer.json['code']]).toEqual([401, code]);
    expect(answer.headers.get('WWW-Authenticate')).toBe(
      `${challenge}, Basic realm="natter", charset="UTF-8"`,
    );
  });

  it('by a password that is not enough is 401, and says so to whoever has it alone', async () => {
    const gateway = await stack.startGateway();
    const ask = (credentials: string) =>
      gateway.get('/api/v1/users/me', {
        authorization: basic(credentials),
        headers: { 'X-Request-Id': 'the-same' },
      });
    const answer = await ask(`dora:${password}`);
    expect([answer.status, answer.json['code']]).toEqual([401, 'second_factor_required']);
    expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer realm="natter"');
    expect((await ask('dora:wrong')).text).toBe((await ask('nobody:wrong')).text);
  });

  it('fails with the same bytes, whatever was wrong', async () => {
    const gateway = await stack.startGateway();
    const headers = { 'X-Request-Id': 'the-same' };
    const ask = async (authorization: string) =>
      (await gateway.get('/api/users/me', { authorization, headers })).text;
    const expired = stack.token({ iat: 1_000_000 });
    const foreign = stack.token({ iss: 'other' });
    expect(await ask('Bearer x')).toBe(await ask(`Bearer ${expired}`));
    expect(await ask('Bearer x')).toBe(await ask(`Bearer ${foreign}`));
    expect(await ask(basic('alice:wrong'))).toBe(await ask(basic('nobody:wrong')));
  });

  it('by Basic can be off', async () => {
    const gateway = await stack.startGateway({ AUTH_BASIC: 'off' });
    const answer = await gateway.get('/api/users/me', { authorization: basic(`alice:${password}`) });
    expect([answer.status, answer.json['code']]).toEqual([401, 'unauthenticated']);
    expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer realm="natter"');
    expect((await gateway.get('/api/users/me')).json).toEqual(herself);
  });

  describe('where a second factor is required', () => {
    const required = { SECOND_FACTOR: 'required', PRESENCE: 'on' };

    /** What a session can ask for that has none. */
    const open = ['beginSecondFactor', 'changePassword', 'confirmSecondFactor', 'endSession', 'getOwnUser'];

    test.each([
      ['a token that shows none', () => `Bearer ${stack.token({ amr: ['pwd'] })}`, open],
      ['a token from before tokens said', () => `Bearer ${stack.token()}`, open],
      ['a password', () => basic(`alice:${password}`), []],
    ])('opens by %s nothing but what setting one up needs', async (_what, credentials, expected) => {
      const gateway = await stack.startGateway(required);
      const authorization = credentials();
      const opened: string[] = [];
      for (const { id, method, path } of routes.filter(({ access }) => access === 'user')) {
        const answer = await gateway.ask(method.toUpperCase(), path.replaceAll(/\{\w+\}/g, 'bob'), {
          authorization,
        });
        const isRefused = answer.json['code'] === 'second_factor_setup_required';
        expect(answer.status === 403).toBe(isRefused);
        if (!isRefused) opened.push(id);
      }
      expect(opened.toSorted()).toEqual(expected);
    });

    it('offers no Basic', async () => {
      const gateway = await stack.startGateway(required);
      const { status, headers } = await gateway.get('/api/users/me', { authorization: null });
      expect([status, headers.get('WWW-Authenticate')]).toEqual([401, 'Bearer realm="natter"']);
      const { json } = await gateway.get('/openapi.json', { authorization: null });
      const { securitySchemes } = json['components'] as { securitySchemes: object };
      expect(Object.keys(securitySchemes)).toEqual(['bearer']);
    });

    it('opens no WebSocket without one, by header or frame', async () => {
      const gateway = await stack.startGateway(required);
      const url = `${gateway.url}/api/ws`;
      const refused = new SocketUser(url, { token: stack.token() });
      await refused.connected;
      expect(refused.refusal).toMatchObject({ status: 403, json: { code: 'second_factor_setup_required' } });
      const user = new SocketUser(url, { token: null });
      await user.connected;
      const enter = (ref: number, token: string) => user.ask({ type: 'auth', ref, data: { token } });
      const { error } = await enter(1, stack.token());
      expect([error.code, user.code]).toEqual(['second_factor_setup_required', undefined]);
      const early = await user.ask({ type: 'ping', ref: 2 });
      expect(early.error.code).toBe('unauthenticated');
      user.socket.terminate();
    });

    it('says so at `/server`, and opens all to whoever has proved one', async () => {
      const gateway = await stack.startGateway(required);
      expect((await gateway.get('/api/server', { authorization: null })).json).toMatchObject({
        secondFactor: 'required',
      });
      const authorization = `Bearer ${stack.token({ amr: ['pwd', 'otp', 'mfa'] })}`;
      const answer = await gateway.get('/api/users/alice', { authorization });
      expect(answer.json).toEqual(herself);
    });
  });
});
