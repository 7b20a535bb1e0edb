import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { implement } from '@natter/bus';
import { endSession, listSessions, NatterError, refreshSession } from '@natter/contracts';
import { NatsBroker, waitFor } from '@natter/testkit';
import type { Client } from './_client.ts';
import { alice, basic, password, Stack } from './_stack.ts';

const session = {
  id: randomUUID(),
  device: 'desk',
  created: '2026-01-01T00:00:00.000Z',
  lastUsed: '2026-01-01T00:00:00.000Z',
  current: true,
};

const ready = (gateway: Client) =>
  waitFor(async () => (await gateway.get('/readyz')).status === 200, { what: 'readiness' });

describe('sessions', () => {
  let stack: Stack;

  beforeEach(async () => {
    stack = await Stack.create();
  });
  afterEach(() => stack.close());

  const bearer = (sid: string) => ({ authorization: `Bearer ${stack.token({ sid })}` });

  const refused = async (gateway: Client, sid: string) =>
    (await gateway.get('/api/v1/users/me', bearer(sid))).status === 401;

  it('that end are dead on every gateway, and no others', async () => {
    await stack.serveAlice();
    const gateways = [await stack.startGateway(), await stack.startGateway()];
    const [ended, other] = [randomUUID(), randomUUID()];
    for (const gateway of gateways) {
      await ready(gateway);
      expect(await refused(gateway, ended)).toBe(false);
    }
    await stack.end(ended);
    for (const gateway of gateways) {
      await waitFor(() => refused(gateway, ended), { what: 'the session to be dead' });
      expect(await refused(gateway, other)).toBe(false);
    }
  });

  it('that ended are answered as any token that is not valid, however the token is written', async () => {
    await stack.serveAlice();
    const gateway = await stack.startGateway();
    await ready(gateway);
    const sid = randomUUID();
    await stack.end(sid);
    await waitFor(() => refused(gateway, sid), { what: 'the session to be dead' });
    const headers = { 'X-Request-Id': 'the-same' };
    const ask = async (token: string) =>
      (await gateway.get('/api/v1/users/me', { authorization: `Bearer ${token}`, headers })).text;
    expect(await ask(stack.token({ sid }))).toBe(await ask('x'));
  });

  it('that ended before a gateway began are dead on it from its first answer on', async () => {
    await stack.serveAlice();
    const sid = randomUUID();
    await stack.end(sid);
    const gateway = await stack.startGateway();
    await ready(gateway);
    expect(await refused(gateway, sid)).toBe(true);
  });

  it('that ended while a gateway had no NATS are dead on it when it has', async () => {
    await using broker = await NatsBroker.create({});
    await broker.start();
    const cut = await Stack.create(broker.url);
    try {
      await cut.serveAlice();
      const gateway = await cut.startGateway();
      const sid = randomUUID();
      const status = async () =>
        (await gateway.get('/api/v1/users/me', { authorization: `Bearer ${cut.token({ sid })}` })).status;
      await waitFor(async () => (await status()) === 200, { what: 'the session to be alive' });
      await broker.kill();
      await waitFor(async () => (await gateway.get('/readyz')).status === 503, { what: 'the gap' });
      await expect(cut.end(sid)).rejects.toMatchObject({ code: 'service_unavailable' });
      await broker.start();
      const seen = new Set<number>();
      await waitFor(
        async () => {
          seen.add(await status());
          return seen.has(401);
        },
        { what: 'the session to be dead' },
      );
      expect([...seen]).not.toContain(200);
    } finally {
      await cut.close();
    }
  });

  it('are refreshed without credentials, and any token but the right one is 401', async () => {
    const grant = {
      session,
      user: alice,
      accessToken: 'a',
      tokenType: 'Bearer' as const,
      expiresIn: 600,
      refreshToken: 'next',
    };
    await stack.serveAlice(
      implement(refreshSession, async ({ refreshToken }) => {
        if (refreshToken !== 'right') throw new NatterError('invalid_token', { detail: 'used a minute ago' });
        return grant;
      }),
    );
    const gateway = await stack.startGateway();
    const refresh = (refreshToken: unknown) =>
      gateway.post('/api/v1/sessions/refresh', { refreshToken }, { authorization: null });
    expect(await refresh('right')).toMatchObject({ status: 200, json: grant });
    const wrong = await refresh('wrong');
    expect([wrong.status, wrong.json['code'], wrong.json['detail']]).toEqual([
      401,
      'invalid_token',
      'The token is not valid',
    ]);
    expect((await refresh(['right'])).status).toBe(400);
  });

  it('are listed and ended for their own user, and only a token has a current one', async () => {
    /** By the requests of the client: what is slow to be answered is asked once more. */
    const asked = new Map<string, unknown>();
    const sid = randomUUID();
    await stack.serveAlice(
      implement(listSessions, async (request, { requestId }) => {
        asked.set(requestId, request);
        return { sessions: [{ ...session, id: sid }], next: null };
      }),
      implement(endSession, async (request, { requestId }) => {
        asked.set(requestId, request);
        if (request.id !== sid) throw new NatterError('session_not_found', { detail: 'of bob' });
        return {};
      }),
    );
    const gateway = await stack.startGateway();
    const withPassword = { authorization: basic(`alice:${password}`) };
    const listed = await gateway.get('/api/v1/sessions?limit=7', bearer(sid));
    expect([listed.status, listed.json]).toEqual([
      200,
      { data: [{ ...session, id: sid }], page: { next: null, limit: 7 } },
    ]);
    await gateway.get('/api/v1/sessions', withPassword);
    expect((await gateway.delete(`/api/v1/sessions/${sid}`, withPassword)).status).toBe(204);
    expect((await gateway.delete('/api/v1/sessions/current', bearer(sid))).status).toBe(204);
    const absent = ['/current', `/${randomUUID()}`, '/nonsense'].map((path) =>
      gateway.delete(`/api/v1/sessions${path}`, withPassword),
    );
    for (const { status, json } of await Promise.all(absent)) {
      expect([status, json['code'], json['detail']]).toEqual([
        404,
        'session_not_found',
        'There is no such session',
      ]);
    }
    const callerId = alice.id;
    expect([...asked.values()].slice(0, 4)).toEqual([
      { callerId, currentId: sid, limit: 7 },
      { callerId, limit: 50 },
      { callerId, id: sid },
      { callerId, id: sid },
    ]);
    expect(asked.size).toBe(5);
  });
});
