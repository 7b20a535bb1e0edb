import { Agent, get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { implement } from '@natter/bus';
import { listUsers } from '@natter/contracts';
import { waitFor } from '@natter/testkit';
import { Stack } from './_stack.ts';

describe('the life of a gateway', () => {
  let stack: Stack;
  let agent: Agent;

  beforeEach(async () => {
    stack = await Stack.create();
    agent = new Agent({ keepAlive: true });
  });
  afterEach(async () => {
    agent.destroy();
    await stack.close();
  });

  /** Over a connection that is kept. */
  function ask(url: string): Promise<IncomingMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    get(url, { agent, headers: { Authorization: `Bearer ${stack.token()}` } }, resolve).on('error', reject);
    return promise;
  }

  it('ends without losing an answer, and tells clients to go elsewhere', async () => {
    const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
    const { promise: answer, resolve: letAnswer } = Promise.withResolvers<void>();
    await stack.serveAlice(
      implement(listUsers, async () => {
        isAsked();
        await answer;
        return { users: [], next: null };
      }),
    );
    const gateway = stack.createGateway({ DRAIN_SECONDS: '1' });
    await gateway.start();
    await waitFor(async () => (await fetch(`${gateway.url}/readyz`)).ok, {
      what: 'a gateway that judges tokens',
    });
    const inFlight = ask(`${gateway.url}/api/users`);
    await asked;

    const stopped = gateway.stop();
    const late = await ask(`${gateway.url}/api/users/me`);
    expect([late.statusCode, late.headers.connection]).toEqual([200, 'close']);
    expect((await fetch(`${gateway.adminUrl}/readyz`)).status).toBe(503);
    await waitFor(
      () =>
        fetch(`${gateway.url}/livez`).then(
          () => false,
          () => true,
        ),
      {
        what: 'the end of intake',
      },
    );
    letAnswer();
    const response = await inFlight;
    expect([response.statusCode, response.headers.connection]).toEqual([200, 'close']);
    expect(JSON.parse(await text(response))).toEqual({ data: [], page: { next: null, limit: 50 } });
    await stopped;
    await expect(fetch(`${gateway.adminUrl}/livez`)).rejects.toThrow('fetch failed');
  });

  it('goes on taking connections while the others learn that it goes', async () => {
    await stack.serveAlice();
    const gateway = stack.createGateway({ DRAIN_SECONDS: '3' });
    await gateway.start();
    const stopped = gateway.stop();
    for (let n = 1; n <= 20; n += 1) {
      const late = await ask(`${gateway.url}/readyz`);
      expect([late.statusCode, late.headers.connection]).toEqual([503, 'close']);
      late.resume();
    }
    await stopped;
  });

  it('ends at once where nothing is in flight, with connections kept open', async () => {
    await stack.serveAlice();
    const gateway = stack.createGateway();
    await gateway.start();
    await text(await ask(`${gateway.url}/livez`));
    const began = performance.now();
    await gateway.stop();
    // Node would keep that connection for 5 s; a stop that waits for answers gives up after 6.
    expect(performance.now() - began).toBeLessThan(4_000);
  });

  it('can end while it is still waiting for NATS', async () => {
    const gateway = stack.createGateway({ NATS_URL: 'nats://127.0.0.1:1' });
    const started = gateway.start();
    started.catch(() => undefined);
    await waitFor(() => gateway.adminUrl !== '', { what: 'the admin server' });
    expect((await fetch(`${gateway.adminUrl}/livez`)).status).toBe(200);
    expect((await fetch(`${gateway.adminUrl}/readyz`)).status).toBe(503);
    await gateway.stop();
    await expect(started).rejects.toThrow('aborted');
  });

  it('is told where the port is taken', async () => {
    const gateway = stack.createGateway();
    await gateway.start();
    const second = stack.createGateway({ PORT: new URL(gateway.url).port });
    await expect(second.start()).rejects.toThrow('EADDRINUSE');
  });
});
