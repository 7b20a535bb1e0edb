import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunRecord } from '@natter/devstack';

const startScript = fileURLToPath(new URL('../scripts/start.mjs', import.meta.url));

const readyWithinMs = 120_000;

/** `npm start` as a person has it, but on free ports and with a data folder of its own. */
export class Natter {
  readonly data: string;
  /** All that it has printed. */
  output = '';
  #process: ChildProcess | undefined;

  private constructor(data: string) {
    this.data = data;
  }

  static async create(): Promise<Natter> {
    return new Natter(await mkdtemp(path.join(tmpdir(), 'natter-e2e-')));
  }

  /** Resolves once the banner is printed. */
  async start(...args: string[]): Promise<void> {
    const { NATS_URL: _nats, MONGODB_URL: _mongo, NODE_OPTIONS: _options, ...inherited } = process.env;
    const env = { ...inherited, PORT: '0', HOST: '127.0.0.1', NATTER_DATA: this.data };
    const child = spawn(process.execPath, [startScript, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
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

  async runRecord(): Promise<RunRecord> {
    return JSON.parse(await readFile(path.join(this.data, 'run.json'), 'utf8'));
  }

  /** The pid of the real process, as it is now. */
  async pidOf(name: 'gateway' | 'users' | 'messaging' | 'nats' | 'mongo'): Promise<number> {
    const record = await this.runRecord();
    const found =
      name === 'nats' || name === 'mongo' ? record[name] : record.services.find((one) => one.name === name);
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

  /** Someone who uses the REST API with HTTP Basic, through the first gateway. */
  async as(username: string): Promise<Client> {
    const [url] = (await this.runRecord()).gateway;
    return new Client(`${url}`, `Basic ${btoa(`${username}:natter-demo`)}`);
  }
}

export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
  ms: number;
}

export class Client {
  readonly #url: string;
  readonly #authorization: string;

  constructor(url: string, authorization: string) {
    this.#url = url;
    this.#authorization = authorization;
  }

  /** The same person with the bearer token of a new session. */
  async withToken(username: string): Promise<Client> {
    const { body } = await this.post('/api/v1/sessions', { username, password: 'natter-demo' });
    return new Client(this.#url, `Bearer ${(body as { accessToken: string }).accessToken}`);
  }

  /** The same person, through another gateway. */
  through(url: string): Client {
    return new Client(url, this.#authorization);
  }

  get(route: string): Promise<Answer> {
    return this.#request(route, { method: 'GET' });
  }

  post(route: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#request(route, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  }

  async #request(route: string, init: RequestInit): Promise<Answer> {
    const started = performance.now();
    const headers = { ...(init.headers as Record<string, string>), authorization: this.#authorization };
    const response = await fetch(this.#url + route, { ...init, headers });
    const body: unknown = await response.json();
    return { status: response.status, headers: response.headers, body, ms: performance.now() - started };
  }
}
