import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { provideServers, type TestServers } from './servers/provide-servers.ts';

declare global {
  /** Jest loads the setup and the teardown each on its own; this is what they share. */
  var testServers: TestServers | undefined;
}

/**
 * Jest's `globalSetup`: the test files find the servers in `TEST_NATS_URL` and `TEST_MONGODB_URL`, and a program for
 * NATS servers of their own, to be killed, in `NATS_SERVER_BINARY`.
 */
export default async function globalSetup(): Promise<void> {
  // Without a listener a signal ends this process before anything is cleared away.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  process.env.NODE_COMPILE_CACHE ??= temporaryFolder();
  const servers = await provideServers(process.env);
  globalThis.testServers = servers;
  process.env.TEST_NATS_URL = servers.nats.url;
  process.env.TEST_MONGODB_URL = servers.mongo.url;
  if (servers.natsProgram !== undefined) process.env.NATS_SERVER_BINARY = servers.natsProgram;
  console.log(`\nThe tests run on ${servers.nats.title}, and on ${servers.mongo.title}.`);
}

/** For what Node compiles: the tests start the same programs again and again. Gone with this process. */
function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'natter-compiled-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
