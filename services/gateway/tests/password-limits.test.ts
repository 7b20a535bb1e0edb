import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { implement } from '@natter/bus';
import { createSession, deleteUser, NatterError, reportLimitedLogins } from '@natter/contracts';
import type { Client } from './_client.ts';
import { alice, basic, password, Stack } from './_stack.ts';

const grant = {
  session: {
    id: '01941f29-7c00-7000-8000-0000000000e1',
    device: null,
    created: alice.created,
    lastUsed: alice.created,
    current: true,
  },
  user: alice,
  accessToken: 'token',
  tokenType: 'Bearer' as const,
  expiresIn: 600,
  refreshToken: 'secret',
};

/** After the third, the next waits for so long that no test sees its end. */
const strict = {
  RATE_LIMIT: 'on',
  RATE_LIMIT_PASSWORDS: '3',
  RATE_LIMIT_PASSWORDS_FIRST_SECONDS: '3600',
  RATE_LIMIT_PASSWORDS_MOST_SECONDS: '3600',
};

describe('wrong passwords', () => {
  let stack: Stack;
  let gateways: Client[];

  beforeEach(async () => {
    stack = await Stack.create();
    await stack.serveAlice(
      implement(createSession, async (given) => {
        if (given.username === 'dora' && given.password === password) {
          throw new NatterError(given.code === undefined ? 'second_factor_required' : 'wrong_code');
        }
        if (given.username === 'alice' && given.password === password) return grant;
        throw new NatterError('invalid_credentials');
      }),
      implement(reportLimitedLogins, async () => ({})),
      implement(deleteUser, async () => {
        throw new NatterError('wrong_password');
      }),
    );
    gateways = [await stack.startGateway(strict), await stack.startGateway(strict)];
  });
  afterEach(() => stack.close());

  const post = (body: object, through: number) =>
    gateways[through]!.post('/api/v1/sessions', body, { authorization: null });

  const logIn = (given: string, { username = 'alice', through = 0 } = {}) =>
    post({ username, password: given }, through);

  const asDora = (code?: string) => post({ username: 'dora', password, code }, code ? 1 : 0);

  const me = (given: string) =>
    gateways[0]!.get('/api/v1/users/me', { authorization: basic(`alice:${given}`) });

  /** Of four wrong ones, by both gateways in turn. */
  const fourWrong = async (username: string) => {
    const answers = [];
    for (const through of [0, 1, 0, 1]) answers.push(await logIn('wrong', { username, through }));
    const [refused] = answers.slice(-1);
    expect(Number(refused!.headers.get('Retry-After'))).toBeGreaterThan(3_000);
    expect(refused!.json).toMatchObject({ code: 'rate_limited' });
    return answers.map(({ status }) => status);
  };

  it('are counted by all gateways together, and answered alike for known and unknown names', async () => {
    await stack.keepBuckets();
    expect(await fourWrong('alice')).toEqual([401, 401, 401, 429]);
    expect(await fourWrong('nobody')).toEqual([401, 401, 401, 429]);
  });

  it('of many requests at once are no more', async () => {
    await stack.keepBuckets();
    const all = Array.from({ length: 20 }, (_, index) => logIn('wrong', { through: index % 2 }));
    const statuses = (await Promise.all(all)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(3);
    expect(statuses.filter((status) => status === 429 || status === 503)).toHaveLength(17);
  });

  it('and wrong codes count together, through all gateways; that a code is wanted counts for nothing', async () => {
    await stack.keepBuckets();
    for (let tried = 0; tried < 5; tried += 1) expect((await asDora()).status).toBe(401);
    expect((await asDora('123456')).json).toMatchObject({ status: 403, code: 'wrong_code' });
    expect((await asDora('123457')).status).toBe(403);
    expect((await asDora()).json).toMatchObject({ code: 'second_factor_required' });
    expect((await logIn('wrong', { username: 'dora' })).status).toBe(401);
    expect((await asDora('123458')).status).toBe(429);
    expect((await asDora()).status).toBe(429);
  });

  it('by HTTP Basic count with the others', async () => {
    await stack.keepBuckets();
    expect((await me('wrong')).status).toBe(401);
    expect((await logIn('wrong', { through: 1 })).status).toBe(401);
    expect((await me('wrong')).status).toBe(401);
    expect((await logIn('wrong', { through: 1 })).status).toBe(429);
    expect((await me('wrong')).status).toBe(429);
  });

  it('of a session count by themselves, so that others can’t keep its owner from deleting the account', async () => {
    await stack.keepBuckets();
    const authorization = `Bearer ${stack.token()}`;
    const remove = (through: number) =>
      gateways[through]!.delete('/api/v1/users/me', { body: { password: 'wrong' }, authorization });
    await fourWrong('alice');
    const statuses = [];
    for (const through of [0, 1, 0, 1]) statuses.push((await remove(through)).status);
    expect(statuses).toEqual([403, 403, 403, 429]);
  });

  it('can’t be tried while what is counted can’t be had, but who holds a token is served', async () => {
    expect((await logIn(password)).json).toMatchObject({ status: 503, code: 'service_unavailable' });
    expect((await me(password)).status).toBe(503);
    expect((await gateways[0]!.get('/api/v1/users/alice')).status).toBe(200);
    await stack.keepBuckets();
    expect((await logIn(password)).status).toBe(201);
    expect((await me(password)).status).toBe(200);
  });
});
