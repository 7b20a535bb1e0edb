import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '@natter/testkit';
import type { Client } from './_client.ts';
import { TokenForge } from './_hostile-tokens.ts';
import { Stack } from './_stack.ts';

describe('tokens', () => {
  let stack: Stack;
  let gateway: Client;
  let trap: Server;
  let fetches = 0;

  beforeAll(async () => {
    trap = createServer((socket) => {
      fetches += 1;
      socket.destroy();
    });
    await once(trap.listen(0, '127.0.0.1'), 'listening');
    stack = await Stack.create();
    await stack.serveAlice();
    gateway = await stack.startGateway();
    await waitFor(async () => (await gateway.get('/readyz')).status === 200, { what: 'readiness' });
  });
  afterAll(async () => {
    trap.close();
    await stack.close();
  });

  const ask = (token: string) =>
    gateway.get('/api/v1/users/me', {
      authorization: `Bearer ${token}`,
      headers: { 'X-Request-Id': 'the-same' },
    });

  /** All that a client is told. */
  async function told(token: string): Promise<string> {
    const { status, text, headers } = await ask(token);
    const shown = [...headers].filter(([name]) => !['date', 'connection', 'keep-alive'].includes(name));
    return JSON.stringify([status, shown, text]);
  }

  it('that are hostile are all answered with the same 401, and nothing is fetched for them', async () => {
    const forge = new TokenForge(stack.keys, randomUUID());
    expect((await ask(forge.token())).status).toBe(200);
    const expected = await told('x');
    expect(JSON.parse(expected)[0]).toBe(401);
    const hostile = forge.hostile(`http://127.0.0.1:${(trap.address() as AddressInfo).port}`);
    expect(hostile.length).toBeGreaterThan(80);
    for (const [what, token] of hostile) expect([what, await told(token)]).toEqual([what, expected]);
    expect(fetches).toBe(0);
  });

  it('of a session that has ended are dead in whatever letters they are written', async () => {
    const [ended, alive] = [randomUUID(), randomUUID()];
    // Others than one would think are good as long as the session is: to remember the text of a token would not do.
    const good = [];
    for (const [what, token] of new TokenForge(stack.keys, alive).reencoded()) {
      if ((await ask(token)).status === 200) good.push(what);
    }
    expect(good).toEqual(expect.arrayContaining(['as it is', 'signed by the mirrored signature']));

    const forge = new TokenForge(stack.keys, ended);
    await stack.end(ended);
    await waitFor(async () => (await ask(forge.token())).status === 401, { what: 'the end' });
    const expected = await told('x');
    for (const [what, token] of forge.reencoded())
      expect([what, await told(token)]).toEqual([what, expected]);
  });
});
