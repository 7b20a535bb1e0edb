import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach } from '@jest/globals';
import { waitFor } from '@natter/testkit';
import type { RunRecord } from '../src/data-folder/run-record.ts';
import { isAlive, signalGroup } from '../src/processes/signal-group.ts';

const launchers: Launcher[] = [];

afterEach(() => {
  for (const launcher of launchers.splice(0)) launcher.abandon();
});

/** `npm start` without npm, on a free port, with its data in a folder of the test. */
export class Launcher {
  readonly #child: ChildProcess;
  readonly #dataFolder: string;
  /** Pids that were seen to run, to be ended with the test whatever happens. */
  readonly #seen = new Set<number>();
  output = '';

  constructor(dataFolder: string, args: readonly string[] = []) {
    this.#dataFolder = dataFolder;
    this.#child = spawn(process.execPath, [path.resolve('scripts/start.mjs'), ...args], {
      env: { ...process.env, NATTER_DATA: dataFolder, PORT: '0', NATS_URL: '', MONGODB_URL: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
      stream.on('data', (chunk) => {
        this.output += chunk;
      });
    }
    launchers.push(this);
  }

  get record(): RunRecord {
    const record: RunRecord = JSON.parse(readFileSync(path.join(this.#dataFolder, 'run.json'), 'utf8'));
    for (const { pid } of [record.nats, record.mongo, ...record.services])
      if (pid !== null) this.#seen.add(pid);
    return record;
  }

  get hasRecord(): boolean {
    return existsSync(path.join(this.#dataFolder, 'run.json'));
  }

  /** Of all the processes that were seen to run, those that still do. */
  get alive(): number[] {
    return [...this.#seen].filter(isAlive);
  }

  async untilReady(): Promise<void> {
    const ready = () => {
      if (this.#child.exitCode !== null) throw new Error(`The launcher has ended:\n${this.output}`);
      return this.output.includes('is ready after');
    };
    await waitFor(ready, { what: 'the banner' });
  }

  /** @returns the exit code. */
  async signal(signal: NodeJS.Signals): Promise<number | null> {
    const ended = once(this.#child, 'exit');
    this.#child.kill(signal);
    return (await ended)[0];
  }

  abandon(): void {
    this.#child.kill('SIGKILL');
    for (const pid of this.#seen) signalGroup(pid, 'SIGKILL');
  }
}
