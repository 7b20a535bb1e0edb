import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { waitFor } from '@natter/testkit';
import { HttpServer } from '../src/http/http-server.ts';

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
