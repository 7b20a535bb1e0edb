import { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest, test } from '@jest/globals';
import { NatterError } from '@natter/contracts';
import { waitFor } from '@natter/testkit';
import { statusesIn, writeRaw } from '../../../tests/_raw.ts';
import { alice, SocketServer } from '../../../tests/_socket-server.ts';
import type { SocketUser, SocketUserOptions } from '../../../tests/_socket-user.ts';
import type { SocketClient } from './socket-client.ts';

const friend = 'https://chat.example.com';

const auth = (data: object) => ({ type: 'auth', ref: 'a', data });

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

const revsTo = (user: SocketUser) => user.frames.flatMap(({ data }) => data?.['rev'] ?? []);

/** What the gateway writes to clients while something happens: client by client, write by write of the system. */
async function writesDuring(happens: () => Promise<unknown>): Promise<Buffer[][][]> {
  const port = Number(new URL(server.url).port);
  const [one, several] = [jest.spyOn(Socket.prototype, '_write'), jest.spyOn(Socket.prototype, '_writev')];
  await happens();
  const calls = [
    ...one.mock.calls.map(([chunk], call) => ({ socket: one.mock.contexts[call], chunks: [chunk] })),
    ...several.mock.calls.map(([chunks], call) => ({ socket: several.mock.contexts[call], chunks })),
  ].filter(({ socket }) => (socket as Socket).localPort === port);
  jest.restoreAllMocks();
  const bySocket = Map.groupBy(calls, ({ socket }) => socket);
  // Where it writes several, Node has put the buffers themselves in the place of what held them.
  return [...bySocket.values()].map((writes) => writes.map(({ chunks }) => chunks as unknown as Buffer[]));
}

let server: SocketServer;

beforeEach(async () => {
  server = new SocketServer();
  await server.start();
});
afterEach(() => server.stop());

describe('a request for a WebSocket', () => {
  it('opens a stream for whoever the token is of, from now on', async () => {
    const user = await server.connect({ headers: { 'X-Request-Id': 'mine' } });
    const [stream] = server.live.streams;
    expect(stream?.request).toMatchObject({ caller: alice, position: undefined, transport: 'websocket' });
    expect([user.requestId, user.socket.extensions, user.socket.protocol]).toEqual(['mine', '', '']);
  });

  it('resumes where the query says', async () => {
    await server.connect({ query: '?after=c7' });
    expect(server.live.streams[0]?.request.position).toMatchObject({ at: 7 });
  });

  const refusals: [string, SocketUserOptions, number, string][] = [
    ['a bad token', { token: 'bad' }, 401, 'invalid_token'],
    ['a cursor that is none', { query: '?after=x' }, 400, 'cursor_invalid'],
    ['two cursors', { query: '?after=c1&after=c2' }, 400, 'validation_failed'],
    ['a cursor and no token', { token: null, query: '?after=c1' }, 400, 'validation_failed'],
    ['a page of elsewhere', { origin: 'https://evil.example.com' }, 403, 'forbidden'],
    ['a page of nowhere', { origin: 'null' }, 403, 'forbidden'],
  ];
  test.each(refusals)('is refused for %s, by a problem', async (_what, options, status, code) => {
    const { refusal } = await server.connect(options);
    expect([refusal?.status, refusal?.json.code]).toEqual([status, code]);
    expect(refusal?.headers['content-type']).toBe('application/problem+json');
    expect(refusal?.headers['www-authenticate'] !== undefined).toBe(status === 401);
    expect(server.live.streams).toEqual([]);
  });

  test.each([
    ['Sec-WebSocket-Version: 8', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='],
    ['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: short'],
    ['Sec-WebSocket-Version: 13', 'X-Key: none'],
  ])('is refused for %s and %s', async (...lines) => {
    const request = [
      'GET /api/v1/ws HTTP/1.1',
      'Host: a',
      'Connection: Upgrade',
      'Upgrade: websocket',
      ...lines,
    ];
    const another = 'GET /api/v1/ws HTTP/1.1\r\nHost: a\r\n\r\n';
    const answer = await writeRaw(server.url, [...request, '\r\n'].join('\r\n') + another);
    // What follows is no request: it may be a frame that somebody made to look like one.
    expect([statusesIn(answer), answer.includes('"validation_failed"')]).toEqual([[400], true]);
    expect(answer).toMatch(/\r\nConnection: close\r\n/i);
  });

  it('is refused as opening a stream is', async () => {
    server.live.refusal = new NatterError('rate_limited', { retryAfter: 30 });
    const { refusal } = await server.connect();
    expect([refusal?.status, refusal?.headers['retry-after']]).toEqual([429, '30']);
  });

  it('is welcome from pages of an origin that is allowed', async () => {
    const user = await server.connect({ origin: friend });
    expect(user.refusal).toBeUndefined();
  });

  it('is a request like any other where it asks for no upgrade, or another one', async () => {
    const plain = await fetch(`${server.url}/api/v1/ws`);
    expect([plain.status, await plain.text()]).toEqual([400, expect.stringContaining('"Upgrade"')]);
    const other = 'GET /api/v1/ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n';
    expect(statusesIn(await writeRaw(server.url, other))).toEqual([400]);
  });

  it('leaves no stream to a client that went away while it was looked at', async () => {
    const { promise: gone, resolve: letGo } = Promise.withResolvers<void>();
    const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
    const open = server.live.open.bind(server.live);
    server.live.open = async (request) => {
      isAsked();
      await gone;
      return open(request);
    };
    const user = server.approach();
    await asked;
    user.socket.terminate();
    letGo();
    await waitFor(() => server.live.streams[0]?.closed === 'closed', { what: 'the stream to be closed' });
    await waitFor(() => server.endpoint.size === 0, { what: 'the WebSocket to go' });
  });
});

describe('a client that says in its first frame who it is', () => {
  it('is told from then on what happens', async () => {
    const user = await server.connect({ token: null });
    expect(server.live.streams).toEqual([]);
    expect(await user.ask(auth({ token: 'good', after: 'c7' }))).toEqual({ type: 'ok', ref: 'a', data: {} });
    expect(server.live.streams[0]?.request.position).toMatchObject({ at: 7 });
  });

  it('need not wait for the answer before it asks for more', async () => {
    const user = await server.connect({ token: null });
    user.send(auth({ token: 'good' }));
    expect(await user.ask({ type: 'ping', ref: 1 })).toEqual({ type: 'ok', ref: 1, data: {} });
  });

  it('says it once', async () => {
    const user = await server.connect();
    expect((await user.ask(auth({ token: 'good' }))).error.code).toBe('validation_failed');
    expect(server.live.streams).toHaveLength(1);
  });

  test.each([
    ['a bad token', auth({ token: 'bad' }), 'invalid_token'],
    ['something else', { type: 'ping', ref: 'a' }, 'unauthenticated'],
    ['nothing that is known', { type: 'toString', ref: 'a' }, 'unauthenticated'],
  ])('is told so and closed with 4401 for %s', async (_what, frame, code) => {
    // So that it is not closed for saying nothing.
    const patient = new SocketServer({ authWithinMs: 600_000 });
    await patient.start();
    const user = await patient.connect({ token: null });
    expect((await user.ask(frame)).error.code).toBe(code);
    expect(await user.closed()).toBe(4401);
    expect(patient.live.streams).toEqual([]);
    await patient.stop();
  });

  test.each([
    ['a cursor that is none', auth({ token: 'good', after: 'x' }), 'cursor_invalid'],
    ['no token', auth({}), 'validation_failed'],
  ])('may try again after %s', async (_what, frame, code) => {
    const user = await server.connect({ token: null });
    expect((await user.ask(frame)).error.code).toBe(code);
    expect((await user.ask({ ...auth({ token: 'good' }), ref: 'b' })).type).toBe('ok');
  });

  it('is told so and closed with 1013 where it can’t be found out just now', async () => {
    server.live.refusal = new NatterError('service_unavailable', { retryAfter: 1 });
    const user = await server.connect({ token: null });
    user.send(auth({ token: 'good' }));
    user.send({ type: 'ping', ref: 'p' });
    expect(await user.closed()).toBe(1013);
    const answers = user.frames.map(({ ref, error }) => [ref, error.code]);
    expect(new Map(answers as [string, string][]).get('a')).toBe('service_unavailable');
    expect(answers).not.toContainEqual(['p', 'unauthenticated']);
  });

  it('is closed with 4401 where it says nothing', async () => {
    const impatient = new SocketServer({ authWithinMs: 50 });
    await impatient.start();
    const user = await impatient.connect({ token: null });
    expect(await user.closed()).toBe(4401);
    await impatient.stop();
  });
});

describe('what happens', () => {
  it('comes in order, with a cursor on the last of what happened at once', async () => {
    const user = await server.connect();
    server.live.tell(1, 3);
    await user.next(({ id }) => id === 'c3');
    expect(user.frames.map(({ type, id, data }) => [type, id, data['rev']])).toEqual([
      ['cursor', 'c0', undefined],
      ['message.edited', undefined, 1],
      ['message.edited', undefined, 2],
      ['message.edited', 'c3', 3],
    ]);
  });

  it('is written to each client at once, whatever it is, and from memory that all of them share', async () => {
    const users = [await server.connect(), await server.connect()];
    for (const user of users) await user.next();
    const written = await writesDuring(async () => {
      server.live.tell(1, 50);
      await Promise.all(users.map((user) => user.next(({ id }) => id === 'c50')));
    });
    expect(written.map(({ length }) => length)).toEqual([1, 1]);
    const [frames = [], others = []] = written.map(([write = []]) =>
      write.filter((_, index) => index % 2 === 1),
    );
    expect(frames.map((frame) => JSON.parse(frame.toString()).data.rev)).toEqual(range(1, 50));
    // The last has a cursor of its own.
    expect(frames.map((frame, index) => frame === others[index])).toEqual([...Array(49).fill(true), false]);
  });

  it('is followed before long by a cursor where it came with none', async () => {
    const user = await server.connect();
    server.live.tell(1, 1);
    await user.next(({ id }) => id === 'c1');
    server.live.tell(2, 2);
    await user.next(({ id }) => id === 'c2');
    server.live.tell(3, 3);
    await user.next(({ id }) => id === 'c3');
    expect(revsTo(user)).toEqual([1, 2, 3]);
  });

  it('comes beside answers, and what passes without a cursor', async () => {
    const user = await server.connect();
    const [stream] = server.live.streams;
    stream?.request.client.reset('c9');
    expect(await user.next(({ type }) => type === 'reset')).toEqual({ type: 'reset', id: 'c9', data: {} });
    expect((await user.ask({ type: 'ping', ref: 1 })).type).toBe('ok');
  });

  test.each([
    ['session_ended', 4401],
    ['restarting', 1012],
    ['unavailable', 1013],
  ] as const)('ends as %s with %i', async (reason, code) => {
    const user = await server.connect();
    server.live.streams[0]?.request.client.end(reason);
    expect(await user.closed()).toBe(code);
  });

  it('is told no more to a client that has gone', async () => {
    const user = await server.connect();
    user.socket.close(1000);
    expect(await user.closed()).toBe(1000);
    await waitFor(() => server.live.streams[0]?.closed === 'closed', { what: 'the stream to be closed' });
    expect(server.endpoint.size).toBe(0);
  });

  it('is read by those who read, whoever does not, and who does not is cut', async () => {
    const [reader, stalled] = [await server.connect(), await server.connect()];
    stalled.socket.pause();
    const client = server.live.streams[1]?.request.client as SocketClient;
    const content = 'x'.repeat(4_000);
    let rev = 0;
    while (server.live.streams[1]?.closed === undefined) {
      for (let n = 0; n < 100; n += 1) {
        server.live.tell(rev + 1, (rev += 1), content);
        expect(client.outbox.heldBytes).toBeLessThanOrEqual(1_024_000);
      }
      await server.live.streams[0]?.request.client.drained();
    }
    expect(server.live.streams.map(({ closed }) => closed)).toEqual([undefined, 'slow']);
    await waitFor(() => revsTo(reader).length === rev, { what: 'the reader to have all' });
    stalled.socket.resume();
    expect(await stalled.closed()).toBe(4008);
    const had = revsTo(stalled);
    expect(had).toEqual(had.map((_, index) => index + 1));
  });
});

describe('a frame of a client', () => {
  it('asks for what a route does, and is answered with its body', async () => {
    const user = await server.connect();
    const data = { conversation: 'bob', seq: 7 };
    const answer = await user.ask({ type: 'read', ref: 'r', data });
    expect(answer).toEqual({ type: 'ok', ref: 'r', data: { readSeq: 7, unread: 0 } });
    expect(server.asked).toEqual([{ callerId: alice.id, conversation: { with: 'bob' }, seq: 7 }]);
  });

  it('is refused as by the route, by a problem', async () => {
    const user = await server.connect();
    server.answer = async () => {
      throw new NatterError('outcome_unknown');
    };
    const data = { conversation: 'bob', content: 'hello', clientMessageId: 'k'.repeat(16) };
    const { error } = await user.ask({ type: 'send', ref: 1, data });
    expect(error).toMatchObject({ code: 'outcome_unknown', status: 504, requestId: expect.any(String) });
  });

  it('is refused where 64 of the same client are under way', async () => {
    const user = await server.connect();
    const { promise, resolve } = Promise.withResolvers<unknown>();
    server.answer = () => promise;
    for (let ref = 1; ref <= 65; ref += 1)
      user.send({ type: 'read', ref, data: { conversation: 'bob', seq: 1 } });
    expect((await user.next(({ type }) => type === 'error')).ref).toBe(65);
    resolve({ readSeq: 1, unread: 0 });
    await waitFor(() => user.frames.filter(({ type }) => type === 'ok').length === 64, {
      what: 'the others',
    });
  });

  const hostile: [string, string | Buffer, string][] = [
    ['no JSON', '{', 'malformed_json'],
    ['a number', '1', 'validation_failed'],
    ['nothing', 'null', 'validation_failed'],
    ['a list', '[]', 'validation_failed'],
    ['an unknown type', '{"type":"shout","ref":"r"}', 'validation_failed'],
    ['a type of all objects', '{"type":"constructor","ref":"r"}', 'validation_failed'],
    ['a type that is none', '{"type":{"$ne":null},"ref":"r"}', 'validation_failed'],
    [
      'a prototype',
      '{"type":"read","__proto__":{"a":1},"data":{"conversation":"bob","seq":1}}',
      'validation_failed',
    ],
    [
      'a prototype within',
      '{"type":"read","data":{"conversation":"bob","seq":1,"__proto__":{}}}',
      'validation_failed',
    ],
    [
      'a conversation that is none',
      '{"type":"read","data":{"conversation":{"$gt":""},"seq":1}}',
      'validation_failed',
    ],
    ['a ref that is none', '{"type":"ping","ref":{}}', 'validation_failed'],
    ['two of a name', '{"type":"ping","type":"read"}', 'validation_failed'],
    ['JSON in great depth', `${'['.repeat(30_000)}${']'.repeat(30_000)}`, 'validation_failed'],
    [
      'very many names',
      JSON.stringify(Object.fromEntries(Array.from({ length: 999 }, (_, n) => [n, n]))),
      'validation_failed',
    ],
    ['bytes', Buffer.from('{"type":"ping"}'), 'unsupported_media_type'],
  ];
  test.each(hostile)('is refused, and the WebSocket stays, for %s', async (_what, frame, code) => {
    const user = await server.connect();
    user.send(frame);
    expect((await user.next(({ type }) => type === 'error')).error.code).toBe(code);
    expect((await user.ask({ type: 'ping', ref: 'p' })).type).toBe('ok');
    expect(server.asked).toEqual([]);
  });

  it('has 64 KiB at most, in however many pieces', async () => {
    const [whole, pieces] = [await server.connect(), await server.connect()];
    whole.send(JSON.stringify({ type: 'ping', ref: 1 }).padEnd(65_536));
    expect((await whole.next(({ ref }) => ref === 1)).type).toBe('ok');
    whole.send(' '.repeat(65_537));
    expect(await whole.closed()).toBe(1009);
    for (let piece = 0; piece < 3; piece += 1) pieces.socket.send(' '.repeat(30_000), { fin: false });
    expect(await pieces.closed()).toBe(1009);
  });

  it('that is not of the protocol closes the WebSocket', async () => {
    const [text, pieces] = [await server.connect(), await server.connect()];
    text.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
    expect(await text.closed()).toBe(1007);
    for (let piece = 0; piece < 100; piece += 1) pieces.socket.send('', { fin: false });
    expect(await pieces.closed()).toBe(1008);
  });

  it('is refused where there are too many, and who goes on is cut', async () => {
    const user = await server.connect();
    for (let frame = 0; frame < 10_000; frame += 1) user.send({ type: 'ping' });
    expect(await user.closed()).toBe(1008);
    const answered = user.frames.map(({ type, error }) => error?.code ?? type);
    expect(answered.filter((how) => how === 'ok').length).toBeGreaterThanOrEqual(200);
    expect(answered).toContain('rate_limited');
    const other = await server.connect();
    expect((await other.ask({ type: 'ping', ref: 1 })).type).toBe('ok');
  });
});

describe('the end of a WebSocket', () => {
  it('comes, where the gateway goes, when what was asked is answered', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    server.answer = () => promise;
    const [asking, idle] = [await server.connect(), await server.connect({ token: null })];
    asking.send({ type: 'read', ref: 1, data: { conversation: 'bob', seq: 7 } });
    await waitFor(() => server.asked.length === 1, { what: 'the question' });
    const stopped = server.endpoint.stop();
    expect(await idle.closed()).toBe(1012);
    resolve({ readSeq: 7, unread: 0 });
    expect(await asking.closed()).toBe(1012);
    expect(asking.frames.at(-1)).toMatchObject({ type: 'ok', ref: 1 });
    await stopped;
    expect((await server.connect()).refusal?.status).toBe(503);
  });

  it('does not keep the gateway from going where a client breaks the protocol then', async () => {
    server.answer = () => new Promise(() => undefined);
    const asking = await server.connect();
    asking.send({ type: 'read', ref: 1, data: { conversation: 'bob', seq: 7 } });
    await waitFor(() => server.asked.length === 1, { what: 'the question' });
    const stopped = server.endpoint.stop();
    asking.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
    expect(await asking.closed()).toBe(1007);
    await expect(stopped).resolves.toBeUndefined();
  });

  it('comes for who gives no sign of life, and is asked for one before', async () => {
    const [alive, dead] = [await server.connect(), await server.connect({ autoPong: false })];
    const other = await server.connect();
    let pings = 0;
    for (const { socket } of [alive, dead]) socket.on('ping', () => (pings += 1));
    for (let sweep = 1; sweep <= 3; sweep += 1) server.endpoint.sweep();
    await waitFor(() => pings === 2, { what: 'both to be asked' });
    // The pong was on its way before these.
    for (const ref of [1, 2]) await other.ask({ type: 'ping', ref });
    for (let sweep = 4; sweep <= 6; sweep += 1) server.endpoint.sweep();
    expect(await dead.closed()).toBe(1006);
    expect((await alive.ask({ type: 'ping', ref: 1 })).type).toBe('ok');
  });
});
