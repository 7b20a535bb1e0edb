import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import type { Answer, Client } from './_client.ts';
import { statusesIn, writeRaw } from './_raw.ts';
import { Stack } from './_stack.ts';

const friend = 'https://chat.example.com';

const from = (origin: string, headers: Record<string, string> = {}) => ({
  headers: { Origin: origin, ...headers },
});

const shared = ({ headers }: Answer) =>
  [...headers].filter(([name]) => name.startsWith('access-control-')).map(([name]) => name);

/** What a browser asks before it sends what no form could. `fetch` would not let it be sent. */
const preflight = (origin: string) =>
  [
    'OPTIONS /api/v1/conversations/bob HTTP/1.1',
    'Host: a',
    `Origin: ${origin}`,
    'Access-Control-Request-Method: POST',
    'Access-Control-Request-Headers: authorization,content-type,idempotency-key',
    'Connection: close\r\n\r\n',
  ].join('\r\n');

describe('web pages of other origins', () => {
  let stack: Stack;
  let gateway: Client;
  let closed: Client;

  beforeAll(async () => {
    stack = await Stack.create();
    await stack.serveAlice();
    gateway = await stack.startGateway({ ALLOWED_ORIGINS: `${friend}, http://127.0.0.1:5173` });
    closed = await stack.startGateway();
  });
  afterAll(() => stack.close());

  test.each([friend, 'http://127.0.0.1:5173'])(
    'may read what is answered where %s is allowed',
    async (origin) => {
      const { status, headers } = await gateway.get('/api/v1/users/me', from(origin));
      expect([status, headers.get('Access-Control-Allow-Origin')]).toEqual([200, origin]);
      expect(headers.get('Access-Control-Expose-Headers')).toContain('X-Request-Id');
      expect(headers.get('Access-Control-Allow-Credentials')).toBeNull();
      expect(headers.get('Vary')).toContain('Origin');
    },
  );

  it('may read errors, too', async () => {
    const answer = await gateway.get('/api/v1/users/me', { authorization: null, ...from(friend) });
    expect([answer.status, answer.headers.get('Access-Control-Allow-Origin')]).toEqual([401, friend]);
  });

  it('may ask before, without credentials', async () => {
    const answer = await writeRaw(gateway.url, preflight(friend));
    expect(statusesIn(answer)).toEqual([204]);
    expect(answer).toContain(`\r\nAccess-Control-Allow-Origin: ${friend}\r\n`);
    expect(answer).toMatch(/\r\nAccess-Control-Allow-Methods: [^\r]*PATCH/);
    expect(answer).toMatch(/\r\nAccess-Control-Allow-Headers: Authorization, Content-Type, Idempotency-Key/);
  });

  test.each([
    'https://evil.example.com',
    'http://chat.example.com',
    'https://chat.example.com.evil.example',
    'https://chat.example.com:8443',
    'https://CHAT.example.com',
    'null',
    '*',
    `${friend}, https://evil.example.com`,
  ])('are not told that they may from %s', async (origin) => {
    const answer = await gateway.get('/api/v1/users/me', from(origin));
    expect([shared(answer), answer.headers.get('Vary')]).toEqual([[], 'Origin']);
    const asked = await writeRaw(gateway.url, preflight(origin));
    expect([statusesIn(asked), /access-control/i.test(asked)]).toEqual([[405], false]);
  });

  it('may nothing where none are set', async () => {
    const answer = await closed.get('/api/v1/users/me', from(friend));
    expect([shared(answer), answer.headers.get('Vary')]).toEqual([[], null]);
    expect(statusesIn(await writeRaw(closed.url, preflight(friend)))).toEqual([405]);
  });

  it('change nothing for OPTIONS that asks for no permission', async () => {
    const answer = await gateway.ask('OPTIONS', '/api/v1/users', from(friend));
    expect([answer.status, answer.headers.get('Allow')]).toEqual([405, 'POST, GET, HEAD']);
  });
});
