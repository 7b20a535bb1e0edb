import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { withProgress } from '../output/progress.ts';
import { buildFolder } from './build-folder.ts';
import { mongodProgram } from './mongod-program.ts';
import { NotProvidedError, type Provider, type ProviderContext } from './provider.ts';
import { runStep, StepError } from './run-step.ts';

/** `mongodb-memory-server-core` reads the same variable. */
const host = process.env.MONGOMS_DOWNLOAD_MIRROR || 'https://fastdl.mongodb.org';

const answerWithinMs = 3_000;
const downloadWithinMs = 60_000;

/** MongoDB's own binary, fetched once by `mongodb-memory-server-core`. */
export const mongodDownload: Provider = {
  engine: 'mongod',
  async provide(context) {
    const folder = path.join(context.cache, 'mongod');
    if (!existsSync(folder)) await download(folder, context);
    return mongodProgram('mongodb-memory-server', path.join(folder, 'mongod'));
  },
};

async function download(folder: string, context: ProviderContext): Promise<void> {
  await reachHost(context.signal);
  const script = fileURLToPath(new URL('./fetch-mongod.ts', import.meta.url));
  // A process of its own: the library's download can't be ended otherwise.
  const fetchInto = (building: string) =>
    runStep(
      { command: process.execPath, args: [script, building], show: /./, timeoutMs: downloadWithinMs },
      context,
    );
  try {
    await withProgress(context.say, `Fetching MongoDB from ${host}`, () => buildFolder(folder, fetchInto));
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    const reason = `the download of MongoDB from ${host} ${error.message}`;
    context.say(`  Trying another way: ${reason}.`);
    throw new NotProvidedError(reason);
  }
}

async function reachHost(signal: AbortSignal): Promise<void> {
  try {
    await fetch(host, {
      method: 'HEAD',
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]),
    });
  } catch {
    signal.throwIfAborted();
    throw new NotProvidedError(`${host} cannot be reached`);
  }
}
