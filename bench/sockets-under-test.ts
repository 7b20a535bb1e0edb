import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { freePorts } from '@natter/devstack';
import { uniqueName, waitFor } from '@natter/testkit';
import { provideServers } from '@natter/testkit/servers';
import jwt from 'jsonwebtoken';
import { startChild } from './child.ts';

type Child = ReturnType<typeof startChild>;

/** Something that many clients connect to by WebSocket. */
export interface SocketsUnderTest {
  /** The process that holds the sockets. */
  readonly server: Child;
  /** What has it tell all clients of so many entries at once. */
  readonly source: Child;
  readonly url: string;
}

const reporting = ['--expose-gc', '--import', new URL('./processes/report-memory.ts', import.meta.url).href];

/** A gateway and, in place of the other services, a process that answers at once; and what makes tokens of users. */
export async function prepareSockets() {
  const servers = await provideServers(process.env);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const environment = { NATS_URL: servers.nats.url, NATS_PREFIX: uniqueName() };
  const PUBLIC_JWK = JSON.stringify(publicKey.export({ format: 'jwk' }));
  const source = startChild('./processes/live-services.ts', { ...environment, PUBLIC_JWK });
  source.pinTo(1);
  return {
    /** Of so many users, each another one. */
    authorizations: (count: number) =>
      Array.from({ length: count }, () => {
        const claims = { sub: randomUUID(), username: 'alice', sid: randomUUID(), jti: randomUUID() };
        const options = { algorithm: 'ES256', expiresIn: 3_600, header } as const;
        return `Bearer ${jwt.sign({ ...claims, iss: 'natter', aud: 'natter-api' }, privateKey, options)}`;
      }),
    startGateway: async (): Promise<SocketsUnderTest> => {
      const [port] = (await freePorts(1)) as [number];
      const off = { RATE_LIMIT: 'off', PRESENCE: 'off' };
      const settings = { ...environment, ...off, PORT: `${port}`, LOG_LEVEL: 'warn' };
      const server = startChild('../services/gateway/src/main.ts', settings, reporting);
      server.pinTo(0);
      await answers(`http://127.0.0.1:${port}/readyz`);
      return { server, source, url: `ws://127.0.0.1:${port}/api/v1/ws` };
    },
    stop: async () => {
      await source.stop();
      await servers.stop();
    },
  };
}

/** `ws` and nothing else. */
export async function startBareSockets(): Promise<SocketsUnderTest> {
  const [port] = (await freePorts(1)) as [number];
  const server = startChild('./processes/bare-web-sockets.ts', { PORT: `${port}` }, reporting);
  server.pinTo(0);
  await answers(`http://127.0.0.1:${port}/`, 426);
  return { server, source: server, url: `ws://127.0.0.1:${port}/` };
}

const header = { alg: 'ES256', typ: 'at+jwt', kid: 'bench' };

function answers(url: string, status = 200): Promise<void> {
  const answered = () =>
    fetch(url).then(
      (response) => response.status === status,
      () => false,
    );
  return waitFor(answered, { what: url });
}
