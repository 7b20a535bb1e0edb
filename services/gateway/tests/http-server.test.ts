import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { beforeEach, expect, it } from '@jest/globals';
import { HttpServer } from '../src/http/http-server.ts';

const request = 'GET / HTTP/1.1\r\nHost: natter\r\n\r\n';

const lastAnswer = /^HTTP\/1.1 200 OK[^]*\r\nConnection: close\r\n/;

let server: HttpServer;
let port: number;

beforeEach(async () => {
  server = new HttpServer((_, response) => response.end('hello'));
  port = Number(new URL(await server.start({ host: '127.0.0.1', port: 0 })).port);
});

it('answers what is on its way over a kept connection when it takes no more of them', async () => {
  const client = connect(port, '127.0.0.1');
  client.write(request);
  const [first] = await once(client, 'data');
  expect(String(first)).toMatch(/^HTTP\/1.1 200 OK[^]*\r\nConnection: keep-alive\r\n/);

  const stopped = server.stop();
  client.write(request);
  expect(await text(client)).toMatch(lastAnswer);
  await stopped;
});

it('lets clients keep a connection for longer than load balancers do', async () => {
  const client = connect(port, '127.0.0.1');
  client.write(request);
  const [first] = await once(client, 'data');
  expect(Number(/\r\nKeep-Alive: timeout=(\d+)\r\n/.exec(String(first))?.[1])).toBeGreaterThan(60);
  client.end();
  await server.stop();
});

it('answers who has knocked when it takes no more connections', async () => {
  const clients = Array.from({ length: 10 }, () => connect(port, '127.0.0.1'));
  for (const client of clients) client.write(request);
  const stopped = server.stop();
  for (const answer of await Promise.all(clients.map(text))) expect(answer).toMatch(lastAnswer);
  await stopped;
});
