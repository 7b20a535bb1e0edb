import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { probeVersion } from './probe-version.ts';
import type { ServerPlace, ServerProgram } from './server-program.ts';

/** The real nats-server, wherever it came from. */
export async function natsProgram(
  provider: ServerProgram['provider'],
  command: string,
): Promise<ServerProgram> {
  const version = await probeVersion(command, ['--version']);
  return { provider, title: `nats-server ${version}`, command, argumentsFor };
}

async function argumentsFor({ port, folder }: ServerPlace): Promise<readonly string[]> {
  const file = path.join(folder, 'nats-server.conf');
  await mkdir(folder, { recursive: true });
  await writeFile(file, configuration(port, path.join(folder, 'store')));
  return ['--config', file];
}

/**
 * JetStream writes to disk every two minutes unless told otherwise. And for up to four minutes NATS gives requests to a
 * service whose connection is dead without a sign, unless it is told to look (the service itself looks every 3 s).
 */
function configuration(port: number, store: string): string {
  return `listen: "127.0.0.1:${port}"
ping_interval: "3s"
ping_max: 2
jetstream {
  store_dir: ${JSON.stringify(store)}
  sync_interval: "1s"
}
`;
}
