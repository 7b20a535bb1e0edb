import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { freePorts, mongoServer, natsServer } from '../src/index.ts';
import { gatewayPorts } from '../src/network/gateway-ports.ts';
import { useGivenServer } from '../src/servers/given-server.ts';

let stranger: Server;
let strangersPort: number;

beforeEach(async () => {
  stranger = createServer((socket) => socket.end('220 mail.example ESMTP\r\n')).listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  strangersPort = (stranger.address() as AddressInfo).port;
});

afterEach(() => void stranger.close());

describe('a server whose URL is given', () => {
  test('is used when it answers', async () => {
    expect(await useGivenServer(natsServer, process.env.TEST_NATS_URL!)).toMatchObject({
      provider: 'given',
      title: expect.stringContaining('nats-server 2.'),
    });
    expect(await useGivenServer(mongoServer, process.env.TEST_MONGODB_URL!)).toMatchObject({
      provider: 'given',
      title: expect.stringContaining('MongoDB '),
    });
  });

  test('is refused when nobody answers there', async () => {
    const [port] = await freePorts(1);
    await expect(useGivenServer(natsServer, `nats://127.0.0.1:${port}`)).rejects.toThrow(
      'NATS_URL is set, but does not work: no NATS server answers there.',
    );
    await expect(useGivenServer(mongoServer, `mongodb://127.0.0.1:${port}`)).rejects.toThrow(
      'MONGODB_URL is set, but does not work: connect ECONNREFUSED',
    );
  });

  test('is refused when something else answers there', async () => {
    await expect(useGivenServer(natsServer, `nats://127.0.0.1:${strangersPort}`)).rejects.toThrow(
      'NATS_URL is set',
    );
  });
});

describe('the ports of the gateways', () => {
  test('follow the first', async () => {
    const [port] = (await freePorts(1)) as [number];
    expect(await gatewayPorts(port, 1, '127.0.0.1')).toEqual([port]);
  });

  test('are refused when one is taken', async () => {
    await expect(gatewayPorts(strangersPort, 1, '127.0.0.1')).rejects.toThrow(
      `Port ${strangersPort} of 127.0.0.1 is taken by another program.`,
    );
  });

  test('are refused when the address is not of this machine', async () => {
    const [port] = (await freePorts(1)) as [number];
    await expect(gatewayPorts(port, 1, '192.0.2.1')).rejects.toThrow(
      'Set HOST to an address of this machine',
    );
  });
});
