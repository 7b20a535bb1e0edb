import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { waitFor } from '@natter/testkit';

export interface LogLine {
  level: string;
  msg: string;
  err?: { message: string };
  [field: string]: unknown;
}

const untilMs = 60_000;

/** What the environment of the tests says of servers is none of a service's business. */
const unset = { NATS_URL: '', MONGODB_URL: '', NODE_OPTIONS: '' };

/** A service as it runs in production: its `main.ts` in a process of its own, and nothing around it. */
export class ServiceProcess {
  readonly name: string;
  readonly log: LogLine[] = [];
  /** How it ended, once it has. */
  readonly ended: Promise<{ code: number | null; stderr: string }>;
  readonly #child: ChildProcess;
  readonly #adminPort: string | undefined;

  constructor(name: 'gateway' | 'users' | 'messaging', environment: Record<string, string>) {
    this.name = name;
    const main = fileURLToPath(new URL(`../services/${name}/src/main.ts`, import.meta.url));
    const env = { ...process.env, ...unset, ...environment };
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    this.#adminPort = environment['ADMIN_PORT'];
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => this.log.push(JSON.parse(line)));
    this.ended = Promise.all([once(child, 'exit'), once(lines, 'close'), text(child.stderr)]).then(
      ([[code], , stderr]) => ({ code, stderr }),
    );
  }

  /** Resolves with the line when it was logged; fails when the process ends without it. */
  async logged(message: string): Promise<LogLine> {
    const found = () => this.log.find(({ msg }) => msg.startsWith(message));
    const isThere = () => {
      if (found() !== undefined) return true;
      if (this.#child.exitCode !== null) throw new Error(`${this.name} ended: ${JSON.stringify(this.log)}`);
      return false;
    };
    await waitFor(isThere, { timeoutMs: untilMs, what: `${this.name} to say "${message}"` });
    return found()!;
  }

  /** The status with which it answers on its admin server; undefined while that does not listen yet. */
  async status(route: '/livez' | '/readyz'): Promise<number | undefined> {
    const answer = await fetch(`http://127.0.0.1:${this.#adminPort}${route}`).catch((error: Error) => {
      if (error.name === 'TypeError') return undefined;
      throw error;
    });
    return answer?.status;
  }

  /** Without a word to it. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** @returns the exit code. */
  async stop(): Promise<number | null> {
    this.#child.kill('SIGTERM');
    return (await this.ended).code;
  }
}
