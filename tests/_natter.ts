import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunRecord } from '@natter/devstack';
import { dataRoot, runNatter } from '@natter/testkit';
import { type Client, createClients, type Installation } from './_client.ts';

const startScript = fileURLToPath(new URL('../scripts/start.mjs', import.meta.url));

const readyWithinMs = 120_000;

/** `npm start` as a person has it, but on free ports and with a data folder of its own. */
export class Natter implements Installation {
  readonly data: string;
  /** All that it has printed. */
  output = '';
  readonly #settings: Readonly<Record<string, string>>;
  #process: ChildProcess | undefined;
  readonly #clientOf = createClients();

  private constructor(data: string, settings: Readonly<Record<string, string>>) {
    this.data = data;
    this.#settings = settings;
  }

  /** @param settings beside what a test decides: see the README's table. */
  static async create(settings: Readonly<Record<string, string>> = {}): Promise<Natter> {
    return new Natter(await mkdtemp(path.join(await dataRoot(), 'natter-e2e-')), settings);
  }

  /** Resolves once the banner is printed. */
  async start(...args: string[]): Promise<void> {
    const child = spawn(process.execPath, [startScript, ...args], {
      env: this.#environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
    const read = (text: string) => {
      this.output += text;
      if (this.output.includes('Ctrl-C stops everything')) resolve();
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${this.output}`)));
    const late = setTimeout(() => reject(new Error(`Not ready:\n${this.output}`)), readyWithinMs);
    await ready.finally(() => clearTimeout(late));
  }

  /** `npm run natter -- …`. */
  operate(...args: string[]): Promise<{ code: number | null; output: string }> {
    return runNatter(args, this.#environment());
  }

  #environment(): NodeJS.ProcessEnv {
    const { NATS_URL: _nats, MONGODB_URL: _mongo, NODE_OPTIONS: _options, ...inherited } = process.env;
    return {
      ...inherited,
      // Tests ask faster than people do.
      RATE_LIMIT: 'off',
      ...this.#settings,
      PORT: '0',
      HOST: '127.0.0.1',
      NATTER_DATA: this.data,
    };
  }

  async runRecord(): Promise<RunRecord> {
    return JSON.parse(await readFile(path.join(this.data, 'run.json'), 'utf8'));
  }

  /** The pid of the real process, of several of its kind the one with that index, as it is now. */
  async pidOf(name: 'gateway' | 'users' | 'messaging' | 'nats' | 'mongo', index = 0): Promise<number> {
    const record = await this.runRecord();
    const found =
      name === 'nats' || name === 'mongo'
        ? record[name]
        : record.services.filter((one) => one.name === name)[index];
    if (!found?.pid) throw new Error(`${name} is not running`);
    return found.pid;
  }

  /** @returns the exit code. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null) return child?.exitCode ?? null;
    const ended = once(child, 'exit');
    child.kill(signal);
    const [code] = await ended;
    this.output = '';
    return code;
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.data, { recursive: true, force: true });
  }

  async gateways(): Promise<readonly string[]> {
    return (await this.runRecord()).gateway;
  }

  async as(username: string): Promise<Client> {
    const [url] = await this.gateways();
    return this.#clientOf(String(url), username);
  }
}
