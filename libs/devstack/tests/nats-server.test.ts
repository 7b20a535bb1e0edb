import { once } from 'node:events';
import { connect } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from '@jest/globals';
import {
  findProgram,
  freePorts,
  natsServer,
  prepareEmbeddedServer,
  readLaunchSettings,
  untilServerAnswers,
} from '../src/index.ts';
import { temporaryFolder } from './_folder.ts';

const { signal } = new AbortController();

const folder = temporaryFolder();

async function startNats() {
  const data = folder();
  const { NATTER_CACHE: cache } = readLaunchSettings(process.env);
  const found = await findProgram(natsServer, { data, cache, say: () => undefined, signal });
  const [port] = (await freePorts(1)) as [number];
  const server = await prepareEmbeddedServer(natsServer, found, {
    port,
    logFile: path.join(data, 'nats.log'),
    environment: process.env,
    watcher: { changed: () => undefined, died: () => undefined, gaveUp: () => undefined },
  });
  server.process.start();
  await untilServerAnswers(natsServer, server, signal);
  return { port, stop: () => server.process.stop(10_000) };
}

it('asks who is silent whether they are there, so that a dead service gets no requests', async () => {
  const nats = await startNats();
  const client = connect(nats.port, '127.0.0.1');
  try {
    const said: string[] = [];
    const lines = createInterface({ input: client }).on('line', (line) => said.push(line));
    client.write('CONNECT {"verbose":false}\r\nPING\r\n');
    // It always asks once soon, to know how far the client is; left alone, the second time is minutes later.
    while (said.filter((line) => line === 'PING').length < 2) await once(lines, 'line');
    expect(said.slice(1)).toEqual(['PONG', 'PING', 'PING']);
  } finally {
    client.destroy();
    await nats.stop();
  }
});
