import { once } from 'node:events';
import { get } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { AdminServer } from '../src/admin-server.ts';
import { createMetrics, Gauge, Health } from '../src/index.ts';

const host = '127.0.0.1';
let health: Health;
let metrics: ReturnType<typeof createMetrics>;
let server: AdminServer;
let port: number;

beforeEach(async () => {
  health = new Health();
  health.serve();
  metrics = createMetrics({ name: 'test', version: '0.0.0' });
  server = new AdminServer(health, metrics);
  port = await server.start({ host, port: 0 });
});

afterEach(() => server.stop());

const ask = (path: string) => fetch(`http://${host}:${port}${path}`);

/** What the server sends for these bytes, up to the end of the connection. */
async function exchange(bytes: string): Promise<string> {
  const socket = connect(port, host);
  socket.end(bytes);
  return await text(socket);
}

test.each(['/livez', '/readyz', '/readyz?verbose'])(
  '%s answers 200 with the checks while all is well',
  async (path) => {
    health.add({ name: 'nats', ready: () => true });
    const answer = await ask(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.json()).toMatchObject({ ok: true, checks: { nats: true } });
  },
);

test('/readyz answers 503, not to be stored, while a dependency is away; /livez does not mind', async () => {
  health.add({ name: 'mongodb', ready: () => Promise.reject(new Error('away')) });
  const answer = await ask('/readyz');
  expect(answer.status).toBe(503);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await answer.json()).toEqual({ ok: false, checks: { mongodb: false, serving: true } });
  expect((await ask('/livez')).status).toBe(200);
});

test('/readyz answers 503 once the service drains', async () => {
  health.drain();
  expect((await ask('/readyz')).status).toBe(503);
});

test('/livez answers 503 when only a restart helps', async () => {
  health.add({ name: 'nats', ready: () => false, alive: () => false });
  expect((await ask('/livez')).status).toBe(503);
});

test.each(['/', '/livez/', '/metricz', '/livez%2f'])('%s answers 404', async (path) => {
  expect((await ask(path)).status).toBe(404);
});

test.each(['//', 'http://', '/\\', '*'])(
  'the odd target %s answers 404 and leaves the server well',
  async (target) => {
    const answer = await exchange(`GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect((await ask('/livez')).status).toBe(200);
  },
);

test('stopping ends a connection that is kept open, and one on which nothing was asked', async () => {
  const { promise: used, resolve } = Promise.withResolvers<unknown>();
  const request = get({ host, port, path: '/livez', headers: { connection: 'keep-alive' } }, (response) => {
    resolve(once(response.socket, 'close'));
    response.resume();
  });
  const unused = connect(port, host);
  await Promise.all([once(unused, 'connect'), once(request, 'close')]);
  await server.stop();
  await Promise.all([used, once(unused.resume(), 'close')]);
  await expect(ask('/livez')).rejects.toThrow('fetch failed');
});

test('stopping ends a request that waits for a check', async () => {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  health.add({
    name: 'stuck',
    ready: () => {
      resolve();
      return new Promise(() => undefined);
    },
  });
  const answer = ask('/readyz').catch((error: Error) => error.message);
  await asked;
  await server.stop();
  expect(await answer).toBe('fetch failed');
});

test('a server that was stopped, or never started, can be stopped', async () => {
  await server.stop();
  await expect(server.stop()).resolves.toBeUndefined();
  await expect(new AdminServer(health, metrics).stop()).resolves.toBeUndefined();
});

test('a port that is taken makes the start fail', async () => {
  const second = new AdminServer(health, metrics);
  await expect(second.start({ host, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await expect(second.stop()).resolves.toBeUndefined();
});

test('/metrics answers with what was measured, as Prometheus reads it', async () => {
  new Gauge({ name: 'natter_things', help: 'Things', registers: [metrics] }).set(3);
  const answer = await ask('/metrics');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(await answer.text()).toContain('# TYPE natter_things gauge\nnatter_things 3\n');
});
