import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { waitFor } from '@natter/testkit';
import type { Client } from './_client.ts';
import { writeRaw } from './_raw.ts';
import { Stack } from './_stack.ts';

/** The end of the headers of the only request on its connection. */
const last = 'Connection: close\r\n\r\n';

describe('HTTP', () => {
  let stack: Stack;
  let gateway: Client;

  beforeAll(async () => {
    stack = await Stack.create();
    await stack.serveAlice();
    gateway = await stack.startGateway();
    // Until it knows which sessions have ended it judges no token.
    await waitFor(async () => (await gateway.get('/readyz')).status === 200, { what: 'the gateway' });
  });
  afterAll(() => stack.close());

  test.each([
    ['DELETE', '/api/v1/users', 'POST, GET, HEAD'],
    ['PUT', '/api/users/', 'POST, GET, HEAD'],
    ['OPTIONS', '/api/v1/users', 'POST, GET, HEAD'],
    ['DELETE', '/api/v1/conversations/bob', 'GET, HEAD, PATCH, POST'],
    ['POST', '/api/v1/conversations/bob/messages/7', 'GET, HEAD, PATCH, DELETE'],
    ['PATCH', '/api/v1/conversations/bob/messages/search', 'GET, HEAD'],
    ['GET', '/api/v1/conversations/bob/members/carol', 'PUT, DELETE'],
    ['POST', '/api/v1/users/alice', 'GET, HEAD'],
    ['POST', '/.well-known/jwks.json', 'GET, HEAD'],
    ['POST', '/docs', 'GET, HEAD'],
    ['POST', '/', 'GET, HEAD'],
  ])('%s %s is 405 and says what is allowed', async (method, path, allow) => {
    const answer = await gateway.ask(method, path);
    expect([answer.status, answer.json['code']]).toEqual([405, 'method_not_allowed']);
    expect(answer.headers.get('Allow')).toBe(allow);
  });

  test.each([
    '/api',
    '/api/v1',
    '/api/v2/users',
    '/api/v1/nothing',
    '/API/users',
    '/api/users/a/b',
    '/docs/x',
  ])('GET %s is 404', async (path) => {
    const answer = await gateway.get(path);
    expect([answer.status, answer.json['code']]).toEqual([404, 'not_found']);
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
  });

  it('has HEAD wherever it has GET', async () => {
    const answer = await gateway.ask('HEAD', '/api/v1/users/me');
    expect([answer.status, answer.text]).toEqual([200, '']);
  });

  test.each([
    ['keeps', 'my-id_1.2', /^my-id_1\.2$/],
    ['replaces', '', /^[0-9a-f]{8}-[0-9a-f]{4}-7/],
    ['replaces', 'a b', /^[0-9a-f]{8}-[0-9a-f]{4}-7/],
    ['replaces', 'a"b', /^[0-9a-f]{8}-[0-9a-f]{4}-7/],
    ['replaces', 'x'.repeat(129), /^[0-9a-f]{8}-[0-9a-f]{4}-7/],
  ])('%s the request id "%s"', async (_what, given, expected) => {
    const answer = await gateway.get('/api/nowhere', { headers: { 'X-Request-Id': given } });
    expect(answer.json['requestId']).toMatch(expected);
    expect(answer.headers.get('X-Request-Id')).toBe(answer.json['requestId']);
  });

  it('tells browsers to be careful, and nobody what it is made of', async () => {
    const { headers } = await gateway.get('/api/v1/users/me');
    const policy = headers.get('Content-Security-Policy')?.split(';');
    for (const rule of ['default-src', 'base-uri', 'form-action', 'frame-ancestors']) {
      expect(policy).toContain(`${rule} 'none'`);
    }
    expect(headers.get('Referrer-Policy')).toBe('no-referrer');
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Cache-Control')).toBe('no-store');
    expect(headers.get('X-Powered-By')).toBeNull();
    expect(headers.get('ETag')).toBeNull();
  });

  const post = 'POST /api/users HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';
  const chunked = `${post}Transfer-Encoding: chunked\r\n\r\n`;
  test.each([
    ['no request at all', '400', 'validation_failed', 'NONSENSE\r\n\r\n'],
    [
      'too many headers',
      '431',
      'headers_too_large',
      `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
    ],
    ['a target that is no URL', '400', 'validation_failed', `GET http://[ HTTP/1.1\r\nHost: a\r\n${last}`],
    ['no host', '400', 'validation_failed', `GET /api/server HTTP/1.1\r\n${last}`],
    ['two hosts', '400', 'validation_failed', `GET /api/server HTTP/1.1\r\nHost: a\r\nHost: b\r\n${last}`],
    [
      'an unknown expectation',
      '400',
      'validation_failed',
      `GET /api/server HTTP/1.1\r\nHost: a\r\nExpect: foo\r\n${last}`,
    ],
    ['a chunk without a size', '400', 'validation_failed', `${chunked}zz\r\n{}\r\n`],
    ['a chunk longer than its size', '400', 'validation_failed', `${chunked}2\r\n{"a":\r\n`],
  ])('answers a whole problem to %s', async (_what, status, code, request) => {
    const [head = '', body = ''] = (await writeRaw(gateway.url, request)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toContain('Content-Type: application/problem+json');
    expect(head).not.toContain('X-Powered-By');
    const problem = JSON.parse(body);
    expect(problem).toMatchObject({ status: Number(status), code });
    expect(head).toContain(`X-Request-Id: ${problem.requestId}`);
  });

  it('keeps the id of a request whose body breaks off', async () => {
    const answer = await writeRaw(
      gateway.url,
      chunked.replace('Host', 'X-Request-Id: mine\r\nHost') + 'zz\r\n',
    );
    expect(answer).toContain('"requestId":"mine"');
  });

  test.each([
    ['a whole URL', `GET http://a/livez HTTP/1.1\r\nHost: a\r\n${last}`],
    ['an old client that names no host', 'GET /livez HTTP/1.0\r\n\r\n'],
    ['a client that expects to go on', `GET /livez HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\n${last}`],
  ])('serves %s', async (_what, request) => {
    expect(await writeRaw(gateway.url, request)).toContain('HTTP/1.1 200 OK');
  });

  it('answers 408 to a body that does not come, though some of it keeps coming', async () => {
    const began = performance.now();
    const { hostname, port } = new URL(gateway.url);
    const socket = connect(Number(port), hostname);
    socket.write(`${post}Content-Length: 5000\r\n\r\n{`);
    const trickle = setInterval(() => socket.write(' '), 50);
    // What it wrote when the server had closed already.
    socket.on('error', () => undefined);
    const [answer] = await once(socket, 'data');
    clearInterval(trickle);
    socket.destroy();
    expect(String(answer)).toMatch(/^HTTP\/1.1 408 [^]*"code":"request_timeout"/);
    // By our own deadline of 5 s, however late it is seen here: Node's is 10 s.
    expect(performance.now() - began).toBeLessThan(9_500);
  });

  it('answers 413 before a body without end has come', async () => {
    const { hostname, port } = new URL(gateway.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      'POST /api/users HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    socket.write(`${(80_000).toString(16)}\r\n${'x'.repeat(80_000)}\r\n`);
    const [answer] = await once(socket, 'data');
    socket.destroy();
    expect(String(answer)).toMatch(/^HTTP\/1.1 413 /);
  });
});
