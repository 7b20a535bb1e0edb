import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach } from '@jest/globals';
import { waitFor } from '@natter/testkit';

const program = fileURLToPath(new URL('./_service-process.ts', import.meta.url));

const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

export interface ServiceProcess {
  readonly child: ChildProcess;
  /** What it logged up to now. */
  readonly log: { msg: string; [field: string]: unknown }[];
  /** Resolves when it has logged `message`. */
  logged(message: string): Promise<void>;
  /** How it ended, once it has. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; stderr: string }>;
}

/** Starts a process with a service of that behaviour; `channel` is that of a parent that watches over it. */
export function runServiceProcess(behaviour: string, { channel = false } = {}): ServiceProcess {
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe', ...(channel ? (['ipc'] as const) : [])];
  const child = spawn(process.execPath, [program, behaviour], { stdio });
  running.push(child);
  const log: ServiceProcess['log'] = [];
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  lines.on('line', (line) => log.push(JSON.parse(line)));
  const logged = (message: string) =>
    waitFor(() => log.some(({ msg }) => msg === message), { what: `"${message}"` });
  const ended = Promise.all([
    once(child, 'exit'),
    once(lines, 'close'),
    text(child.stderr as NodeJS.ReadableStream),
  ]).then(([[code, signal], , stderr]) => ({ code, signal, stderr }));
  return { child, log, logged, ended };
}
