import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { implement } from '@natter/bus';
import { getConversation, NatterError, sendMessage } from '@natter/contracts';
import { waitFor } from '@natter/testkit';
import { createMessage } from './_messages.ts';
import { basic, password, Stack } from './_stack.ts';

describe('without the other services', () => {
  let stack: Stack;

  beforeEach(async () => {
    stack = await Stack.create();
  });
  afterEach(() => stack.close());

  it('a send is 503 within 50 ms where messaging is down', async () => {
    await stack.serveAlice();
    const gateway = await stack.startGateway();
    await gateway.get('/api/users/me');
    const took: number[] = [];
    const alone: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      alone.push((await gateway.get('/api/server')).took);
      const answer = await gateway.post('/api/conversations/bob', { content: 'hello' });
      expect([answer.status, answer.json['code']]).toEqual([503, 'service_unavailable']);
      expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThanOrEqual(1);
      took.push(answer.took);
    }
    // The quickest, and less what a request costs here that asks nobody: on a busy machine both have to wait.
    expect(Math.min(...took) - Math.min(...alone)).toBeLessThan(50);
  });

  it('a send is 504 at the deadline where messaging is frozen, and a read 503', async () => {
    await stack.serveAlice();
    const { promise: thawed, reject: thaw } = Promise.withResolvers<never>();
    const frozen = () => thawed;
    await stack.serve('messaging', implement(sendMessage, frozen), implement(getConversation, frozen));
    const gateway = await stack.startGateway();
    const [send, read] = await Promise.all([
      gateway.post('/api/conversations/bob', { content: 'hello' }),
      gateway.get('/api/conversations/bob'),
    ]);
    thaw(new NatterError('overloaded'));
    expect([send.status, send.json['code'], send.json['retryable']]).toEqual([504, 'outcome_unknown', true]);
    expect(read.status).toBe(503);
    // The deadline is 5 s; on a busy machine its answer may be seen later.
    expect(Math.max(send.took, read.took)).toBeLessThan(20_000);
  });

  it('who holds a token still sends while users is down', async () => {
    const users = await stack.serveAlice();
    await stack.serve(
      'messaging',
      implement(sendMessage, async () => ({ message: createMessage(), replayed: false })),
    );
    const gateway = await stack.startGateway();
    await waitFor(async () => (await gateway.get('/readyz')).status === 200, {
      what: 'readiness',
    });
    await users.stop();
    const send = await gateway.post('/api/conversations/bob', { content: 'hello' });
    expect(send.status).toBe(201);
    expect((await gateway.get('/readyz')).status).toBe(200);
    expect((await gateway.get('/.well-known/jwks.json')).status).toBe(200);
    const byPassword = await gateway.get('/api/users/me', { authorization: basic(`alice:${password}`) });
    expect([byPassword.status, byPassword.json['code']]).toEqual([503, 'service_unavailable']);
  });

  it('who sent a password a moment ago still sends while users is down', async () => {
    const users = await stack.serveAlice();
    await stack.serve(
      'messaging',
      implement(sendMessage, async () => ({ message: createMessage(), replayed: false })),
    );
    const gateway = await stack.startGateway();
    const ask = { authorization: basic(`alice:${password}`) };
    await gateway.get('/api/users/me', ask);
    await users.stop();
    expect((await gateway.post('/api/conversations/bob', { content: 'hello' }, ask)).status).toBe(201);
  });

  it('a gateway that was never told the keys is not ready, and 503 to tokens until it is', async () => {
    const gateway = await stack.startGateway();
    const readiness = await gateway.get('/readyz', { authorization: null });
    expect([readiness.status, readiness.json]).toEqual([
      503,
      { ok: false, checks: { nats: true, 'ended-sessions': false, 'signing-keys': false, serving: true } },
    ]);
    expect(readiness.headers.get('Retry-After')).toBe('1');
    expect((await gateway.get('/livez')).status).toBe(200);
    const refused = await gateway.get('/api/users/me');
    expect([refused.status, refused.json['code']]).toEqual([503, 'service_unavailable']);
    await stack.serveAlice();
    await waitFor(async () => (await gateway.get('/readyz')).status === 200, {
      what: 'readiness',
    });
    expect((await gateway.get('/api/users/me')).status).toBe(200);
  });
});
