import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it } from '@jest/globals';
import { HttpServer } from '../src/http/http-server.ts';

const request = 'GET / HTTP/1.1\r\nHost: natter\r\n\r\n';

it('answers what is on its way over a kept connection when it takes no more of them', async () => {
  const server = new HttpServer((_, response) => response.end('hello'));
  const client = connect(
    Number(new URL(await server.start({ host: '127.0.0.1', port: 0 })).port),
    '127.0.0.1',
  );
  client.write(request);
  const [first] = await once(client, 'data');
  expect(String(first)).toMatch(/^HTTP\/1.1 200 OK[^]*\r\nConnection: keep-alive\r\n/);

  const stopped = server.stop();
  client.write(request);
  expect(await text(client)).toMatch(/^HTTP\/1.1 200 OK[^]*\r\nConnection: close\r\n/);
  await stopped;
});
