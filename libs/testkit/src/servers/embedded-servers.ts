import path from 'node:path';
import {
  type FoundProgram,
  findProgram,
  freePorts,
  prepareEmbeddedServer,
  type ServerKind,
  untilServerAnswers,
} from '@natter/devstack';
import type { TestServer } from './test-server.ts';

const stopsWithinMs = 10_000;

interface Folders {
  readonly cache: string;
  readonly data: string;
}

export function findProgramIn(kind: ServerKind, folders: Folders): Promise<FoundProgram> {
  return findProgram(kind, { ...folders, say: console.log, signal: new AbortController().signal });
}

/** A server as `npm start` runs it, with its data in `data`. */
export async function startEmbedded(kind: ServerKind, folders: Folders): Promise<TestServer> {
  const found = await findProgramIn(kind, folders);
  const [port] = (await freePorts(1)) as [number];
  const server = await prepareEmbeddedServer(kind, found, {
    port,
    logFile: path.join(folders.data, `${kind.name}.log`),
    environment: process.env,
    watcher: { changed() {}, died() {}, gaveUp() {} },
  });
  // However the run ends, the server must not outlive it (it has a process group of its own), and goes before its data.
  const kill = () => server.process.kill();
  process.prependOnceListener('exit', kill);
  server.process.start();
  await untilServerAnswers(kind, server, new AbortController().signal);
  return {
    url: server.url,
    title: server.title,
    stop: async () => {
      await server.process.stop(stopsWithinMs);
      process.off('exit', kill);
    },
  };
}
