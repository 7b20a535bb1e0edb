import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from '@jest/globals';
import { implement } from '@natter/bus';
import { sendMessage } from '@natter/contracts';
import type { Client } from './_client.ts';
import { createMessage } from './_messages.ts';
import { statusesIn, writeRaw } from './_raw.ts';
import { Stack } from './_stack.ts';

const body = '{"content":"a"}';

const length = `Content-Length: ${body.length}`;

const chunked = 'Transfer-Encoding: chunked';

const chunks = `f\r\n${body}\r\n0\r\n\r\n`;

/** Where one reads on and another does not, this would be a request of its own: that of whoever comes next. */
const smuggled = 'GET /api/v1/server HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';

describe('the end of a request', () => {
  let sent = 0;
  let stack: Stack;
  let gateway: Client;

  beforeAll(async () => {
    stack = await Stack.create();
    await stack.serveAlice();
    await stack.serve(
      'messaging',
      implement(sendMessage, async () => {
        sent += 1;
        return { message: createMessage(), replayed: false };
      }),
    );
    gateway = await stack.startGateway();
  });
  afterAll(() => stack.close());
  beforeEach(() => {
    sent = 0;
  });

  const send = (lines: string[], rest: string, version = 'HTTP/1.1') => {
    const start = [`POST /api/v1/conversations/bob ${version}`, 'Host: a', 'Content-Type: application/json'];
    const head = [...start, `Authorization: Bearer ${stack.token()}`, ...lines].join('\r\n');
    return writeRaw(gateway.url, `${head}\r\n\r\n${rest}`);
  };

  test.each([
    ['a length', ['Connection: close', length], body],
    ['chunks', ['Connection: close', chunked], chunks],
    ['chunks in another case', ['Connection: close', 'transfer-encoding: CHUNKED'], chunks],
    [
      'chunks with extensions and a trailer',
      ['Connection: close', chunked],
      `f;a="b";c\r\n${body}\r\n0\r\nX-T: 1\r\n\r\n`,
    ],
    ['many chunks', ['Connection: close', chunked], `7\r\n{"conte\r\n8\r\nnt":"a"}\r\n00\r\n\r\n`],
  ])('is told by %s', async (_what, lines, rest) => {
    expect(statusesIn(await send(lines, rest))).toEqual([201]);
    expect(sent).toBe(1);
  });

  test.each<[string, string[], string]>([
    ['a length and chunks', [length, chunked], chunks],
    ['chunks and a length', [chunked, 'Content-Length: 0'], chunks],
    ['two lengths that agree', [length, length], body],
    ['two lengths that differ', [length, 'Content-Length: 0'], body],
    ['two lengths in one line', ['Content-Length: 15, 15'], body],
    ['a length with a sign', ['Content-Length: +15'], body],
    ['a length below nothing', ['Content-Length: -1'], body],
    ['a length in another base', ['Content-Length: 0xf'], body],
    ['a length that no number holds', ['Content-Length: 99999999999999999999'], body],
    ['a length of no digits', ['Content-Length: '], body],
    ['an encoding that is none', ['Transfer-Encoding: xchunked'], chunks],
    ['chunks that are not the last encoding', ['Transfer-Encoding: chunked, identity'], chunks],
    ['chunks twice', [chunked, chunked], chunks],
    ['a name with a blank after it', ['Transfer-Encoding : chunked'], chunks],
    ['a length with a blank after its name', ['Content-Length : 15'], body],
    ['a folded line', [length, 'X-Folded: a\r\n b'], body],
    ['a folded length', ['Content-Length:\r\n 15'], body],
    ['a NUL in a value', [length, 'X-Nul: a\0b'], body],
    ['a carriage return alone', [`${length}\rX-Lone: a`], body],
    ['a line feed alone', [`${length}\nX-Lone: a`], body],
    ['a chunk without a size', [chunked], `\r\n${body}\r\n0\r\n\r\n`],
    ['a chunk of a size below nothing', [chunked], `-f\r\n${body}\r\n0\r\n\r\n`],
    ['a chunk of a size that no number holds', [chunked], `ffffffffffffffffff\r\n${body}\r\n0\r\n\r\n`],
    ['a chunk with a prefix', [chunked], `0xf\r\n${body}\r\n0\r\n\r\n`],
    ['chunks that end in line feeds', [chunked], `f\n${body}\n0\n\n`],
    ['a chunk that goes on', [chunked], `2\r\n${body}\r\n0\r\n\r\n`],
  ])('is refused as %s, and nothing after it is read', async (_what, lines, rest) => {
    expect(statusesIn(await send(lines, rest + smuggled))).toEqual([400]);
    expect(sent).toBe(0);
  });

  it('is not told by chunks where the client is older than they are', async () => {
    const answers = await send(['Connection: keep-alive', chunked], chunks + smuggled, 'HTTP/1.0');
    expect(statusesIn(answers)).toEqual([400]);
    expect(sent).toBe(0);
  });

  it('is not one of line feeds alone', async () => {
    const answer = await writeRaw(gateway.url, smuggled.replaceAll('\r\n', '\n'));
    expect(statusesIn(answer)).toEqual([400]);
  });

  it('is where the next begins, which is answered in its turn', async () => {
    const before = ['GET /livez', 'PATCH /livez', 'GET /api/v1/users/me', 'GET /%zz'];
    const requests = before.map((start) => `${start} HTTP/1.1\r\nHost: a\r\n\r\n`);
    const answers = await writeRaw(gateway.url, requests.join('') + smuggled);
    expect(statusesIn(answers)).toEqual([200, 405, 401, 400, 200]);
  });

  it('is found though what it has is refused or not read', async () => {
    const unread = `POST /livez HTTP/1.1\r\nHost: a\r\n${length}\r\n\r\n${body}`;
    const refused = `POST /api/v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n${chunked}\r\n\r\n${chunks}`;
    expect(statusesIn(await writeRaw(gateway.url, unread + refused + smuggled))).toEqual([405, 415, 200]);
  });
});

describe('a method', () => {
  let stack: Stack;
  let gateway: Client;

  beforeAll(async () => {
    stack = await Stack.create();
    await stack.serveAlice();
    gateway = await stack.startGateway();
  });
  afterAll(() => stack.close());

  const ask = (start: string) => writeRaw(gateway.url, `${start}\r\nHost: a\r\nConnection: close\r\n\r\n`);

  test.each([
    ['TRACE /api/v1/users HTTP/1.1', 'POST, GET, HEAD'],
    ['QUERY /api/v1/users HTTP/1.1', 'POST, GET, HEAD'],
    ['PROPFIND /livez HTTP/1.1', 'GET, HEAD'],
    ['FOO /livez HTTP/1.1', 'GET, HEAD, POST, PUT, PATCH, DELETE'],
    ['get /livez HTTP/1.1', 'GET, HEAD, POST, PUT, PATCH, DELETE'],
    ['CONNECT a:443 HTTP/1.1', 'GET, HEAD, POST, PUT, PATCH, DELETE'],
  ])('that is not there is 405 and told what is: %s', async (start, allow) => {
    const answer = await ask(start);
    expect(statusesIn(answer)).toEqual([405]);
    expect(answer).toContain('"code":"method_not_allowed"');
    expect(answer).toContain(`\r\nAllow: ${allow}\r\n`);
  });

  it('that asks for no body gets none where the request is refused unread', async () => {
    const answer = await ask(`HEAD /livez HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`);
    expect([statusesIn(answer), answer.endsWith('\r\n\r\n')]).toEqual([[431], true]);
  });

  test.each([
    'PRI * HTTP/2.0',
    'GET / HTTP/1.2',
    'GET / HTTP/3.0',
    'GET /',
    'GET / x HTTP/1.1',
    'GET  HTTP/1.1',
    'GET /\0 HTTP/1.1',
    'GET /caf\xe9 HTTP/1.1',
    'F\xd6\xd6 / HTTP/1.1',
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  ])('is of no use in what is no request: %j', async (start) => {
    const answer = await ask(start);
    expect(statusesIn(answer)).toEqual([400]);
    expect(answer).toContain('"code":"validation_failed"');
  });

  test.each([
    ['OPTIONS * HTTP/1.1', 404],
    ['GET //api/v1/server HTTP/1.1', 404],
    ['GET /api/v1/../v1/server HTTP/1.1', 404],
    ['GET /api%2fv1/server HTTP/1.1', 404],
    ['GET /api/v1/server%00 HTTP/1.1', 404],
    ['GET /api/v1/server;a=b HTTP/1.1', 404],
    ['GET /api/v1/server\\ HTTP/1.1', 404],
    ['GET /api/v1/ser%76er HTTP/1.1', 404],
    ['GET http://elsewhere/api/v1/server HTTP/1.1', 200],
  ])('is asked of the path as it stands: %s is %i', async (start, status) => {
    expect(statusesIn(await ask(start))).toEqual([status]);
  });
});
