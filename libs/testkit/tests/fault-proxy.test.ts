import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { FaultProxy } from '../src/index.ts';

const server = createServer((socket) => {
  serverSide = socket.on('error', () => undefined);
  socket.pipe(socket);
});
let serverSide: Socket | undefined;
let proxy: FaultProxy;
let client: Socket;

beforeEach(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  proxy = await FaultProxy.to(`nats://127.0.0.1:${(server.address() as AddressInfo).port}`);
  client = await connectThrough();
  await echoOf('hello');
});
afterEach(async () => {
  client.destroy();
  await proxy.shut();
  await once(server.close(), 'close');
});

async function connectThrough(): Promise<Socket> {
  const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

async function echoOf(text: string): Promise<string> {
  client.write(text);
  const [answer] = await once(client, 'data');
  return String(answer);
}

it('delays everything each way, in its order', async () => {
  proxy.delay(100);
  const began = performance.now();
  expect(await echoOf('hello')).toBe('hello');
  // A timer may be a millisecond early.
  expect(performance.now() - began).toBeGreaterThanOrEqual(195);
  client.write('slow ');
  await once(serverSide as Socket, 'data');
  proxy.delay(0);
  client.write('quick');
  let answer = '';
  while (answer.length < 10) answer += String((await once(client, 'data'))[0]);
  expect(answer).toBe('slow quick');
});

it('resets the connections that there are, and takes new ones', async () => {
  const error = new Promise((resolve) => client.once('error', resolve));
  proxy.reset();
  expect(await error).toMatchObject({ code: 'ECONNRESET' });
  client = await connectThrough();
  expect(await echoOf('again')).toBe('again');
});

it('forgets the connections that there are: neither end hears of the other, not even of its end', async () => {
  const forgotten = client;
  const received: Buffer[] = [];
  forgotten.on('data', (data) => received.push(data));
  proxy.forget();
  forgotten.write('lost');
  client = await connectThrough();
  const forgottenServerSide = serverSide as Socket;
  expect(await echoOf('found')).toBe('found');
  forgottenServerSide.destroy();
  expect(await echoOf('later')).toBe('later');
  expect([forgotten.destroyed, received]).toEqual([false, []]);
  forgotten.destroy();
});
