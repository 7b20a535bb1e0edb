import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import {
  LaunchError,
  type LaunchSettings,
  mongoServer,
  natsServer,
  readLaunchSettings,
  type ServerKind,
} from '@natter/devstack';
import { hasContainerEngine, startContainer } from './container-servers.ts';
import { dataRoot } from './data-root.ts';
import { findProgramIn, startEmbedded } from './embedded-servers.ts';
import type { TestServer } from './test-server.ts';

export interface TestServers {
  readonly nats: TestServer;
  readonly mongo: TestServer;
  /** For tests that start, freeze and kill a NATS server of their own; undefined where there is none to be had. */
  readonly natsProgram: string | undefined;
  /** Stops what was started, and removes its data; so does the end of this process. */
  stop(): Promise<void>;
}

/** NATS and MongoDB for a run: those that `NATS_URL` and `MONGODB_URL` name, else containers, else embedded ones. */
export async function provideServers(environment: NodeJS.ProcessEnv): Promise<TestServers> {
  const settings = readLaunchSettings(environment);
  const data = await mkdtemp(path.join(await dataRoot(), 'natter-test-'));
  const clear = () => rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', clear);
  const provide = chooseProvider(settings, data);
  const [nats, mongo] = await Promise.all([
    provide(natsServer, settings.NATS_URL),
    provide(mongoServer, settings.MONGODB_URL),
  ]);
  const natsProgram = await findNatsProgram(settings, data);
  const stop = async () => {
    await Promise.all([nats.stop(), mongo.stop()]);
    process.off('exit', clear);
    clear();
  };
  return { nats, mongo, natsProgram, stop };
}

async function findNatsProgram({ NATTER_CACHE: cache }: LaunchSettings, data: string) {
  try {
    return (await findProgramIn(natsServer, { cache, data })).program.command;
  } catch (error) {
    if (error instanceof LaunchError) return undefined;
    throw error;
  }
}

function chooseProvider({ NATTER_CACHE: cache }: LaunchSettings, data: string) {
  const containers = hasContainerEngine();
  return async (kind: ServerKind, url: string | undefined): Promise<TestServer> => {
    if (url !== undefined) return { url, title: `${await kind.check(url)}, given`, stop: async () => {} };
    const container = (await containers) ? await tryContainer(kind) : undefined;
    return container ?? startEmbedded(kind, { cache, data });
  };
}

/** An engine may run where no image can be had. */
async function tryContainer(kind: ServerKind): Promise<TestServer | undefined> {
  try {
    return await startContainer(kind);
  } catch (error) {
    console.log(`No container for ${kind.name}, so an embedded server: ${(error as Error).message}`);
    return undefined;
  }
}
