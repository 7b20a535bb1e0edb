import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { implement } from '@natter/bus';
import {
  createConversation,
  endSession,
  listSessions,
  listUsers,
  markRead,
  sendMessage,
} from '@natter/contracts';
import type { Answer, Ask, Client } from './_client.ts';
import { createGroup, createMessage } from './_messages.ts';
import { Stack } from './_stack.ts';

/** So slow that a test never sees one more. */
const slow = '1/h';

const strict = {
  RATE_LIMIT: 'on',
  RATE_LIMIT_SENDS: `2, ${slow}`,
  RATE_LIMIT_READS: `3, ${slow}`,
  RATE_LIMIT_CONVERSATIONS: `1, ${slow}`,
};

const send = (client: Client, ask?: Ask) =>
  client.post('/api/v1/conversations/bob/messages', { content: 'hello' }, ask);

const told = ({ status, headers }: Answer) => [
  status,
  headers.get('RateLimit-Policy'),
  headers.get('RateLimit'),
  headers.get('Retry-After'),
];

async function statuses(ask: () => Promise<Answer>, times: number): Promise<number[]> {
  const found: number[] = [];
  for (let asked = 0; asked < times; asked += 1) found.push((await ask()).status);
  return found;
}

describe('a gateway with limits', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await Stack.create();
    await stack.serveAlice(
      implement(listUsers, async () => ({ users: [], next: null })),
      implement(listSessions, async () => ({ sessions: [], next: null })),
      implement(endSession, async () => ({})),
    );
    await stack.serve(
      'messaging',
      implement(sendMessage, async () => ({ message: createMessage(), replayed: false })),
      implement(createConversation, async () => ({ conversation: createGroup(), replayed: false })),
      implement(markRead, async () => ({ readSeq: 7, unread: 0 })),
    );
  });
  afterAll(() => stack.close());

  it('tells with each send what is left, and of the defaults of the contract', async () => {
    const gateway = await stack.startGateway({ RATE_LIMIT: 'on' });
    const answer = await send(gateway);
    expect(told(answer)).toEqual([201, '"send";q=120;w=12', '"send";r=119;t=1', null]);
    expect(told(await gateway.get('/api/v1/users'))).toEqual([
      200,
      '"read";q=600;w=12',
      '"read";r=599;t=1',
      null,
    ]);
  });

  it('refuses a send too many with 429, and says when the next may come', async () => {
    const gateway = await stack.startGateway(strict);
    expect(told(await send(gateway))).toEqual([201, '"send";q=2;w=7200', '"send";r=1;t=3600', null]);
    expect((await send(gateway)).headers.get('RateLimit')).toMatch(/^"send";r=0;t=7[12]\d\d$/);
    const refused = await send(gateway);
    const [status, policy, state, retryAfter] = told(refused);
    expect([status, policy]).toEqual([429, '"send";q=2;w=7200']);
    expect(state).toMatch(/^"send";r=0;t=7\d{3}$/);
    expect(Number(retryAfter)).toBeGreaterThan(3_000);
    expect(refused.json).toMatchObject({ code: 'rate_limited', retryable: true });
  });

  it('counts sends, reads and new groups apart, and each user apart', async () => {
    const gateway = await stack.startGateway(strict);
    const group = () => gateway.post('/api/v1/conversations', { title: 'Garden', members: ['bob'] });
    expect(await statuses(() => send(gateway), 3)).toEqual([201, 201, 429]);
    expect(await statuses(group, 2)).toEqual([201, 429]);
    expect(await statuses(() => gateway.put('/api/v1/conversations/bob/read', { seq: 7 }), 1)).toEqual([200]);
    expect(await statuses(() => gateway.get('/api/v1/users'), 3)).toEqual([200, 200, 429]);
    const other = `Bearer ${stack.token({ sub: '01941f29-7c00-7000-8000-0000000000b0', username: 'bob' })}`;
    expect((await send(gateway, { authorization: other })).status).toBe(201);
  });

  it('lets nobody who uses up what a user may have hold up the end of the session', async () => {
    const gateway = await stack.startGateway(strict);
    expect(await statuses(() => send(gateway), 3)).toEqual([201, 201, 429]);
    expect(await statuses(() => gateway.get('/api/v1/users'), 4)).toEqual([200, 200, 200, 429]);
    expect((await gateway.get('/api/v1/sessions')).status).toBe(200);
    expect((await gateway.delete('/api/v1/sessions/current')).status).toBe(204);
  });

  it('counts whatever comes from one address, known or not, but never a probe', async () => {
    const gateway = await stack.startGateway({ RATE_LIMIT: 'on', RATE_LIMIT_ADDRESS: `4, ${slow}` });
    const none = { authorization: null };
    expect(told(await gateway.get('/api/v1/server', none))).toEqual([
      200,
      '"address";q=4;w=14400',
      '"address";r=3;t=3600',
      null,
    ]);
    expect((await gateway.get('/api/v1/users', none)).status).toBe(401);
    expect((await gateway.get('/nowhere', none)).status).toBe(404);
    expect((await send(gateway)).status).toBe(201);
    expect(told(await send(gateway)).slice(0, 2)).toEqual([429, '"address";q=4;w=14400']);
    const page = await fetch(`${gateway.url}/docs/`);
    expect(page.status).toBe(429);
    for (const probe of ['/livez', '/readyz', '/readyz/']) {
      const answer = await fetch(gateway.url + probe);
      expect([answer.status, answer.headers.get('RateLimit')]).toEqual([200, null]);
    }
  });

  it('says at /server how much is too much', async () => {
    const gateway = await stack.startGateway({ RATE_LIMIT: 'on' });
    expect((await gateway.get('/api/v1/server')).json['limits']).toMatchObject({
      rates: [
        { name: 'send', quota: 120, windowSeconds: 12 },
        { name: 'read', quota: 600, windowSeconds: 12 },
        { name: 'conversation', quota: 60, windowSeconds: 600 },
        { name: 'address', quota: 2_000, windowSeconds: 10 },
      ],
      wrongPasswords: {
        free: 10,
        firstSeconds: 1,
        mostSeconds: 900,
        perAddress: { quota: 300, windowSeconds: 600 },
      },
    });
  });

  it('without limits says nothing of any', async () => {
    const gateway = await stack.startGateway({ RATE_LIMIT: 'off' });
    expect(told(await send(gateway))).toEqual([201, null, null, null]);
    expect((await gateway.get('/api/v1/server')).json['limits']).not.toHaveProperty('rates');
  });

  it('counts what it refused by policy, with no row for a user or an address', async () => {
    const gateway = stack.createGateway(strict);
    await gateway.start();
    const headers = { authorization: `Bearer ${stack.token()}` };
    for (let asked = 0; asked < 5; asked += 1) await fetch(`${gateway.url}/api/v1/users`, { headers });
    const text = await gateway.metrics.getSingleMetricAsString('natter_rate_limited_total');
    const rows = text.split('\n').filter((line) => line.startsWith('natter_rate_limited_total'));
    expect(rows).toContain('natter_rate_limited_total{policy="read"} 2');
    expect(rows).toContain('natter_rate_limited_total{policy="send"} 0');
  });
});
