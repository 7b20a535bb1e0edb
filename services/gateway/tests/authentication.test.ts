import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
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
});
