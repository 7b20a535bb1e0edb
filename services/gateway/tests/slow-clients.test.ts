import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Entry } from '@natter/contracts';
import { waitFor } from '@natter/testkit';
import { HttpServer } from '../src/http/http-server.ts';
import { EventStream } from '../src/realtime/event-stream.ts';
import { Flushes } from '../src/realtime/flushes.ts';

/** Milliseconds; nothing here is expected to come sooner than they end. */
const timeouts = {
  headersTimeout: 300,
  requestTimeout: 300,
  connectionsCheckingInterval: 50,
  silentTimeout: 60_000,
  keepAliveTimeout: 60_000,
};

/** More than what the system takes for a client that does not read. */
const much = Buffer.alloc(64 * 1024 * 1024);

describe('a client that is slow', () => {
  let server: HttpServer;
  let client: Socket;

  async function open(over: Partial<typeof timeouts> = {}) {
    server = new HttpServer((_, response) => response.end(much), { ...timeouts, ...over });
    const { port } = new URL(await server.start({ host: '127.0.0.1', port: 0 }));
    client = connect(Number(port), '127.0.0.1');
    await once(client, 'connect');
    return client;
  }

  afterEach(async () => {
    client.destroy();
    await server.stop();
  });

  it('to say anything is answered 408', async () => {
    expect(await text(await open())).toMatch(/^HTTP\/1\.1 408 [^]*"code":"request_timeout"/);
  });

  it('with the headers is answered 408, though they keep coming', async () => {
    const slow = await open();
    slow.write('GET / HTTP/1.1\r\nHost: a\r\n');
    const trickle = setInterval(() => slow.write('X-More: a\r\n'), 20);
    // What it wrote when the server had closed already.
    slow.on('error', () => undefined);
    const [answer] = await once(slow, 'data');
    clearInterval(trickle);
    expect(String(answer)).toMatch(/^HTTP\/1\.1 408 [^]*"code":"request_timeout"/);
  });

  it('to read loses its connection', async () => {
    const slow = await open({ silentTimeout: 300 });
    const gone = once(slow, 'close');
    slow.on('error', () => undefined);
    slow.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    slow.pause();
    // Only who reads hears that the other has gone.
    await once(slow, 'readable');
    await waitFor(() => server.unanswered === 0, { what: 'the server to give up' });
    slow.resume();
    await gone;
    expect(slow.bytesRead).toBeLessThan(much.length);
  });
});

describe('a client that does not read its events', () => {
  let server: HttpServer;
  let client: Socket;
  let stream: EventStream;
  /** Why it ended, where it has. */
  let ends: string[];

  /** Its stream begins when it has connected. */
  async function open(silentTimeout: number) {
    ends = [];
    const begun = Promise.withResolvers<void>();
    server = new HttpServer(
      (_, response) => {
        stream = new EventStream(new Flushes(), (reason) => ends.push(reason));
        stream.begin(response);
        begun.resolve();
      },
      { ...timeouts, silentTimeout },
    );
    const { port } = new URL(await server.start({ host: '127.0.0.1', port: 0 }));
    client = connect(Number(port), '127.0.0.1').pause();
    client.on('error', () => undefined);
    client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await begun.promise;
  }

  const tell = (content: string) => {
    const entry = { type: 'message.sent' } as Entry;
    stream.entry({ entry, json: JSON.stringify({ content }) }, () => 'cursor');
  };

  afterEach(async () => {
    client.destroy();
    await server.stop();
  });

  it.each([
    ['ASCII', 'x'.repeat(4_000)],
    ['three bytes each', '語'.repeat(4_000)],
  ])('has less than 1 MiB waiting for it, and is cut, for text of %s', async (_what, content) => {
    await open(600_000);
    while (ends.length === 0) {
      for (let n = 0; n < 100; n += 1) {
        tell(content);
        expect(stream.outbox.heldBytes).toBeLessThanOrEqual(1_024_000);
      }
      await setImmediate();
    }
    expect(ends).toEqual(['slow']);
  });

  it('and of whom less waits loses its connection when nothing has moved on it for long', async () => {
    await open(300);
    // More than the system keeps for it.
    while (ends.length === 0 && stream.bufferedAmount < 100_000) {
      tell('x'.repeat(4_000));
      await setImmediate();
    }
    await waitFor(() => ends.length > 0, { what: 'the end of the stream' });
    expect(ends).toEqual(['closed']);
  });
});
