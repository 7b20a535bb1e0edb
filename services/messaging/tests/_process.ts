import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { MessagingConfig } from '../src/config.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

export interface ProcessOptions {
  entry?: string;
  environment?: Record<string, string>;
}

/** A messaging service in a process of its own. @returns once it serves. */
export async function startProcess(
  settings: MessagingConfig,
  { entry = main, environment = {} }: ProcessOptions = {},
): Promise<ChildProcess> {
  const { NATS_URL, NATS_PREFIX, MONGODB_URL, MONGODB_DATABASE } = settings;
  const own = { NATS_URL, NATS_PREFIX, MONGODB_URL, MONGODB_DATABASE, LOG_LEVEL: 'info', NODE_OPTIONS: '' };
  const child = spawn(process.execPath, [entry], {
    env: { ...process.env, ...own, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout }))
    if (line.includes('"msg":"ready"')) break;
  child.stdout.resume();
  return child;
}

export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
