// Holds a Natter of its own against its OpenAPI document, by Schemathesis. Exit code 77 where that can't be had here.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { NotProvidedError, probeVersion, provideFromWheel, readLaunchSettings } from '@natter/devstack';
import { provideServers } from '@natter/testkit/servers';
import { startInOneProcess } from './natter-in-one-process.ts';
import { closeConnections } from './send.ts';
import { addUser, maker } from './stage.ts';

const version = '4.32.5';

/** Of the whole run, for phases that would go on for ever; those that would not take less on most machines. */
const seconds = 60;

/** As automake has it for a test that was not run. */
const skippedExitCode = 77;

/** Who asks; nobody whose password an example of the document has, or the account would be deleted by it. */
const caller = { username: 'sam', password: 'a password that nobody guesses' };

const authorization = `Basic ${btoa(`${caller.username}:${caller.password}`)}`;

// Without a listener a signal ends this process before the servers, and they would go on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
const python = await provideSchemathesis();
if (python === undefined) process.exit(skippedExitCode);
const servers = await provideServers(process.env);
const natter = await startInOneProcess({
  natsUrl: servers.nats.url,
  mongoUrl: servers.mongo.url,
  logLevel: 'error',
});
await populate(natter.url);
process.exitCode = await runSchemathesis(python, natter.url);
await natter.stop();
await servers.stop();

/** @returns a Python that has it; undefined, with the reason printed, where there is none. */
async function provideSchemathesis(): Promise<string | undefined> {
  const context = {
    cache: readLaunchSettings(process.env).NATTER_CACHE,
    say: console.log,
    signal: new AbortController().signal,
  };
  try {
    return await provideFromWheel(
      { name: 'schemathesis', version: `==${version}` },
      context,
      async (environment) => {
        const program = path.join(environment, 'bin', 'python');
        await probeVersion(program, [
          '-c',
          'import importlib.metadata as m; print(m.version("schemathesis"))',
        ]);
        return program;
      },
    );
  } catch (error) {
    if (!(error instanceof NotProvidedError)) throw error;
    console.log(`Skipped: there is no Schemathesis here: ${error.message}.`);
    return undefined;
  }
}

/** What the examples of the document speak of: bob, and a conversation with seven messages. */
async function populate(url: string): Promise<void> {
  for (const username of [caller.username, 'bob']) await addUser(url, { ...caller, username });
  const make = maker(url, authorization, 'populate');
  for (let seq = 1; seq <= 7; seq += 1) await make('/conversations/bob/messages', { content: 'hello' });
}

async function runSchemathesis(program: string, url: string): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'natter-schemathesis-'));
  const options = {
    'config-file': fileURLToPath(new URL('schemathesis.toml', import.meta.url)),
    run: `${url}/openapi.json`,
    header: `Authorization: ${authorization}`,
    phases: 'examples,coverage,fuzzing,stateful',
    checks: 'all',
    'max-examples': '5',
    'max-time': `${seconds}`,
    'request-timeout': '30',
    // It waits for the end of an answer, and a stream has none.
    'exclude-path': '/api/v1/events',
  };
  const given = Object.entries(options).flatMap(([name, value]) => [
    name === 'run' ? name : `--${name}`,
    value,
  ]);
  const switches = ['--generation-deterministic', '--continue-on-failure'];
  const args = ['-m', 'schemathesis.cli', '--no-color', ...given, ...switches];
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
  // However this ends, nothing is left running.
  process.once('exit', () => child.kill());
  const [code] = (await once(child, 'exit')) as [number | null];
  closeConnections();
  await rm(folder, { recursive: true });
  return code ?? 1;
}
