import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import { generate } from 'selfsigned';
import { AddressPolicy, ForbiddenAddressError } from '../src/webhooks/address-policy.ts';
import { WebhookClient } from '../src/webhooks/webhook-client.ts';
import { parseAllowPrivate } from '../src/webhooks/webhook-settings.ts';
import { close, serveHere } from './_receiver.ts';

const request = { headers: { 'content-type': 'application/json' }, body: '{"text":"h\u00e9"}' };

const post = (client: WebhookClient, url: string, signal = AbortSignal.timeout(60_000)) =>
  client.post(new URL(url), request, signal);

/** What posting owes, whatever the other side does. */
export function describeWebhookClient(): void {
  describe('the client of webhooks', () => {
    const opened: (() => Promise<void> | void)[] = [];
    afterEach(async () => {
      for (const undo of opened.splice(0)) await undo();
    });

    const clientOf = (allowPrivate: string, requireTls = false) => {
      const policy = new AddressPolicy({ allowPrivate: parseAllowPrivate(allowPrivate), requireTls });
      const client = new WebhookClient(policy);
      opened.push(() => client.close());
      return client;
    };

    async function serve(listener: (request: IncomingMessage, response: ServerResponse) => void) {
      const { server, port } = await serveHere(listener);
      let connections = 0;
      server.on('connection', () => {
        connections += 1;
      });
      opened.push(() => close(server));
      return { port, connections: () => connections };
    }

    it('posts, by one connection after the other is done, and tells what was answered', async () => {
      const asked: string[] = [];
      const { port, connections } = await serve((incoming, response) => {
        asked.push(`${incoming.method} ${incoming.url} ${incoming.headers['content-length']}`);
        response.writeHead(503, { 'retry-after': '7' }).end('not now');
      });
      const client = clientOf('127.0.0.1');
      for (const path of ['/one?a=b', '/two'])
        expect(await post(client, `http://127.0.0.1:${port}${path}`)).toEqual({
          status: 503,
          retryAfter: '7',
        });
      expect(asked).toEqual(['POST /one?a=b 14', 'POST /two 14']);
      expect(connections()).toBe(1);
    });

    it('does not even connect to an address that the policy does not let through, by whatever name', async () => {
      const { port, connections } = await serve((_, response) => response.end());
      const client = clientOf('10.0.0.0/8');
      for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433']) {
        const url = `http://${host}:${port}/`;
        await expect(post(client, url)).rejects.toThrow(ForbiddenAddressError);
        await expect(client.check(new URL(url))).rejects.toThrow(ForbiddenAddressError);
      }
      expect(connections()).toBe(0);
    });

    it('connects to those addresses of a name that the policy lets through', async () => {
      const { port, connections } = await serve((_, response) => response.end());
      const client = clientOf('127.0.0.0/8', true);
      await client.check(new URL(`http://localhost:${port}/`));
      expect(await post(client, `http://localhost:${port}/`)).toMatchObject({ status: 200 });
      expect(connections()).toBe(1);
    });

    it('follows no redirect', async () => {
      const asked: (string | undefined)[] = [];
      const { port } = await serve(({ url }, response) => {
        asked.push(url);
        response.writeHead(307, { location: '/there' }).end();
      });
      expect(await post(clientOf('on'), `http://127.0.0.1:${port}/here`)).toMatchObject({ status: 307 });
      expect(asked).toEqual(['/here']);
    });

    it('reads no more of an answer than it needs, even where that never ends', async () => {
      let written = 0;
      const { port } = await serve((_, response) => {
        response.writeHead(200);
        const write = () => {
          written += 32_768;
          response.write('x'.repeat(32_768), (error) => error || setImmediate(write));
        };
        write();
      });
      expect(await post(clientOf('on'), `http://127.0.0.1:${port}/`)).toMatchObject({ status: 200 });
      expect(written).toBeLessThan(50_000_000);
    });

    it('gives up on a receiver that does not answer when it is told to', async () => {
      const giveUp = new AbortController();
      const { port } = await serve(() => giveUp.abort(new Error('enough')));
      await expect(post(clientOf('on'), `http://127.0.0.1:${port}/`, giveUp.signal)).rejects.toThrow(
        'enough',
      );
    });

    it('says what went wrong where nobody is there', async () => {
      const { port } = await serve(() => undefined);
      await opened.pop()?.();
      await expect(post(clientOf('on'), `http://127.0.0.1:${port}/`)).rejects.toMatchObject({
        code: 'ECONNREFUSED',
      });
    });

    it('asks for the certificate of the name in the URL, and takes no other', async () => {
      const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
        keyType: 'ec',
        extensions: [
          { name: 'basicConstraints', cA: true },
          { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
        ],
      });
      const names: (string | false | undefined)[] = [];
      const server = createServer({
        cert,
        key,
        SNICallback: (name, done) => done(null, void names.push(name)),
      });
      server.on('request', (_, response) => response.end()).listen(0, '127.0.0.1');
      await once(server, 'listening');
      opened.push(() => close(server));
      const { port } = server.address() as AddressInfo;
      const client = clientOf('127.0.0.1');
      await expect(post(client, `https://localhost:${port}/`)).rejects.toMatchObject({
        code: expect.stringContaining('SELF_SIGNED'),
      });
      const before = getCACertificates();
      opened.push(() => setDefaultCACertificates(before));
      setDefaultCACertificates([...before, cert]);
      expect(await post(client, `https://localhost:${port}/`)).toMatchObject({ status: 200 });
      expect(new Set(names)).toEqual(new Set(['localhost']));
      await expect(post(client, `https://127.0.0.1:${port}/`)).rejects.toMatchObject({
        code: 'ERR_TLS_CERT_ALTNAME_INVALID',
      });
    });
  });
}
