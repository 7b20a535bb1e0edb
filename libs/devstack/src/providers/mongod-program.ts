import { mkdir } from 'node:fs/promises';
import { replicaSet } from '../servers/replica-set.ts';
import { probeVersion } from './probe-version.ts';
import { NotProvidedError } from './provider.ts';
import type { ServerPlace, ServerProgram } from './server-program.ts';

/** The oldest that knows every argument below. */
const oldestMajor = 6;

/** MongoDB itself, as a replica set of one. */
export async function mongodProgram(
  provider: ServerProgram['provider'],
  command: string,
): Promise<ServerProgram> {
  const version = await probeVersion(command, ['--version']);
  if (Number.parseInt(version, 10) < oldestMajor) {
    throw new NotProvidedError(
      `${command} is ${version}, and MongoDB ${oldestMajor} is the oldest that will do`,
    );
  }
  return { provider, title: `MongoDB ${version}`, command, argumentsFor };
}

async function argumentsFor({ port, folder }: ServerPlace): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const listen = ['--bind_ip', '127.0.0.1', '--port', String(port)];
  // It would wait 15 s for other members to take over, and there are none.
  const stopAtOnce = ['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=0'];
  return [...listen, '--dbpath', folder, '--replSet', replicaSet, ...stopAtOnce];
}
