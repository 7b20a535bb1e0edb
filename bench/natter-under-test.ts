import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunRecord } from '@natter/devstack';
import { waitFor } from '@natter/testkit';

const startScript = fileURLToPath(new URL('../scripts/start.mjs', import.meta.url));

const password = 'natter-demo';

/** `npm start` with so many replicas of each service, on free ports, with its data in a new folder on the disk. */
export async function startNatter(replicas: number, settings: Readonly<Record<string, string>> = {}) {
  const data = await mkdtemp(path.join(tmpdir(), 'natter-bench-'));
  const several = ['gateway', 'users', 'messaging'].map((name) => `${name}=${replicas}`).join(',');
  const child = spawn(process.execPath, [startScript, '--replicas', several], {
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      NATTER_DATA: data,
      LOG_LEVEL: 'warn',
      RATE_LIMIT: 'off',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // However this ends, nothing is left running.
  const kill = () => child.kill('SIGTERM');
  process.once('exit', kill);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const isReady = () => {
    if (child.exitCode !== null) throw new Error(output);
    return output.includes('Ctrl-C stops everything');
  };
  await waitFor(isReady, { what: 'Natter to start', timeoutMs: 120_000 });
  const record = JSON.parse(await readFile(path.join(data, 'run.json'), 'utf8')) as RunRecord;
  return {
    record,
    /** All but MongoDB's, which both sides of a comparison use. */
    pids: [record.nats.pid, ...record.services.map(({ pid }) => pid)].filter((pid) => pid !== null),
    stop: async () => {
      const ended = once(child, 'exit');
      kill();
      await ended;
      process.off('exit', kill);
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** Makes users. @returns their names. */
export async function createUsers(url: string, count: number): Promise<string[]> {
  const usernames = Array.from({ length: count }, (_, index) => `user${index}`);
  for (const username of usernames) await post(`${url}/api/v1/users`, { username, password });
  return usernames;
}

/** @returns what goes into the header `authorization`. */
export async function signIn(url: string, username: string): Promise<string> {
  const { accessToken } = await post(`${url}/api/v1/sessions`, { username, password });
  return `Bearer ${accessToken}`;
}

async function post(url: string, body: object): Promise<{ accessToken?: string }> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as { accessToken?: string };
}
