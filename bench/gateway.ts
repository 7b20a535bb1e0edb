import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { cpus } from 'node:os';
import { freePorts } from '@natter/devstack';
import { uniqueName, waitFor } from '@natter/testkit';
import { provideServers } from '@natter/testkit/servers';
import jwt from 'jsonwebtoken';
import { pin, startChild } from './child.ts';
import { interleave, printFigures } from './interleave.ts';
import { load } from './load.ts';

const atOnce = 32;
const operations = 20_000;

/** One for the process that is measured, the other for all else. */
const processors = { measured: '0', others: '1', all: `0-${cpus().length - 1}` };

/** A send through the gateway, with a token and over NATS to a service that answers at once, against bare Express. */
export async function benchGateway(): Promise<void> {
  // Before NATS starts, so that it is there as well.
  pin(process.pid, processors.others);
  const servers = await provideServers(process.env);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [barePort, gatewayPort] = (await freePorts(2)) as [number, number];
  const bus = { NATS_URL: servers.nats.url, NATS_PREFIX: uniqueName() };
  const publicJwk = JSON.stringify(publicKey.export({ format: 'jwk' }));
  const children = [
    startChild('./processes/bare-express.ts', { PORT: `${barePort}` }),
    startChild('../services/gateway/src/main.ts', {
      ...bus,
      PORT: `${gatewayPort}`,
      LOG_LEVEL: 'info',
      RATE_LIMIT: 'off',
    }),
    startChild('./processes/echo-service.ts', { ...bus, PUBLIC_JWK: publicJwk }),
  ] as const;
  const [bare, gateway] = children;
  for (const { pid } of [bare, gateway]) pin(pid, processors.measured);
  const bareUrl = `http://127.0.0.1:${barePort}`;
  const gatewayUrl = `http://127.0.0.1:${gatewayPort}`;
  for (const url of [`${bareUrl}/livez`, `${gatewayUrl}/readyz`]) {
    const answers = () =>
      fetch(url).then(
        ({ ok }) => ok,
        () => false,
      );
    await waitFor(answers, { what: url });
  }
  const token = jwt.sign(claims, privateKey, { algorithm: 'ES256', expiresIn: 3_600, header });
  const request = {
    method: 'POST' as const,
    path: '/api/v1/conversations/bob/messages',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({ content: 'a message as long as people write when they have something to say' }),
  };
  const through = (url: string, pid: number) => () =>
    load({ urls: [url], connections: atOnce, operations, request, pids: [pid] });
  printFigures(
    `${atOnce} clients at once; the time of the HTTP process alone`,
    await interleave({
      'a POST to bare Express': through(bareUrl, bare.pid),
      'a send through the gateway and NATS': through(gatewayUrl, gateway.pid),
    }),
  );
  await Promise.all(children.map((child) => child.stop()));
  await servers.stop();
  pin(process.pid, processors.all);
}

const claims = {
  sub: randomUUID(),
  username: 'alice',
  sid: randomUUID(),
  jti: randomUUID(),
  iss: 'natter',
  aud: 'natter-api',
};

const header = { alg: 'ES256', typ: 'at+jwt', kid: 'bench' };
