import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { waitFor } from './wait-for.ts';

/** A line of what a process logs, which is JSON. */
export interface LogLine {
  level: string;
  msg: string;
  err?: { message: string };
  [field: string]: unknown;
}

export interface LoggedProcessOptions {
  /** What follows the program. */
  args?: readonly string[];
  /** Beside the environment of the tests. */
  environment?: Record<string, string>;
  /** Whether it has a parent's channel, as of one that watches over it. */
  channel?: boolean;
}

const untilMs = 60_000;

/** A TypeScript program in a process of its own, and what it logs. */
export class LoggedProcess {
  readonly child: ChildProcess;
  /** What it logged up to now. */
  readonly log: LogLine[] = [];
  /** How it ended, once it has. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; stderr: string }>;
  readonly #program: string;

  constructor(program: string, { args = [], environment = {}, channel = false }: LoggedProcessOptions = {}) {
    const stdio: StdioOptions = ['ignore', 'pipe', 'pipe', ...(channel ? (['ipc'] as const) : [])];
    const env = { ...process.env, ...environment };
    this.#program = program;
    this.child = spawn(process.execPath, [program, ...args], { env, stdio });
    const lines = createInterface({ input: this.child.stdout as NodeJS.ReadableStream });
    lines.on('line', (line) => this.log.push(JSON.parse(line)));
    this.ended = Promise.all([
      once(this.child, 'exit'),
      once(lines, 'close'),
      text(this.child.stderr as NodeJS.ReadableStream),
    ]).then(([[code, signal], , stderr]) => ({ code, signal, stderr }));
  }

  /** Resolves with the first line that begins so when it was logged; fails when the process ends without it. */
  async logged(message: string): Promise<LogLine> {
    const find = () => this.log.find(({ msg }) => msg.startsWith(message));
    const isThere = () => {
      if (find() !== undefined) return true;
      if (this.child.exitCode !== null)
        throw new Error(`${this.#program} ended: ${JSON.stringify(this.log)}`);
      return false;
    };
    await waitFor(isThere, { timeoutMs: untilMs, what: `${this.#program} to say "${message}"` });
    return find() as LogLine;
  }

  /** Without a word to it. */
  kill(): void {
    this.child.kill('SIGKILL');
  }

  /** @returns the exit code. */
  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM');
    return (await this.ended).code;
  }
}
