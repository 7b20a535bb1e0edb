import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from './wait-for.ts';

export interface NatsBrokerOptions {
  /** Further arguments of nats-server. */
  extra?: readonly string[];
  /** Put over that of the tests. */
  environment?: NodeJS.ProcessEnv;
}

/** A NATS server of the test's own, to be killed, frozen, wiped and started again on the same port. */
export class NatsBroker {
  readonly port: number;
  readonly #folder: string;
  readonly #arguments: readonly string[];
  readonly #environment: NodeJS.ProcessEnv;
  #process: ChildProcess | undefined;

  private constructor(port: number, folder: string, { extra = [], environment = {} }: NatsBrokerOptions) {
    this.port = port;
    this.#folder = folder;
    const files = ['-sd', join(folder, 'store'), '-l', join(folder, 'log')];
    this.#arguments = ['-a', '127.0.0.1', '-p', String(port), '-js', ...files, ...extra];
    this.#environment = { ...process.env, ...environment };
  }

  static async create(options: NatsBrokerOptions = {}): Promise<NatsBroker> {
    return new NatsBroker(await freePort(), await mkdtemp(join(tmpdir(), 'natter-nats-')), options);
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  /** What it has logged since it was first started. */
  log(): Promise<string> {
    return readFile(join(this.#folder, 'log'), 'utf8');
  }

  async start(): Promise<void> {
    const program = process.env.NATS_SERVER_BINARY;
    if (!program) throw new Error('the run found no nats-server for NATS_SERVER_BINARY');
    this.#process = spawn(program, this.#arguments, { stdio: 'ignore', env: this.#environment });
    await waitFor(() => answers(this.port), { what: 'the broker to answer' });
  }

  async kill(): Promise<void> {
    const dying = this.#process;
    this.#process = undefined;
    if (!dying || dying.exitCode !== null) return;
    dying.kill('SIGKILL');
    await once(dying, 'exit');
  }

  /** Has it read its configuration again. */
  reload(): void {
    this.#process?.kill('SIGHUP');
  }

  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process?.kill('SIGCONT');
  }

  /** Takes the dead broker's port and hangs up on everyone, until disposed of. */
  async hangUp(): Promise<{ count(): number } & AsyncDisposable> {
    let count = 0;
    const server = createServer((socket) => {
      count += 1;
      socket.destroy();
    });
    await once(server.listen(this.port, '127.0.0.1'), 'listening');
    const close = async () => void (await once(server.close(), 'close'));
    return { count: () => count, [Symbol.asyncDispose]: close };
  }

  /** Forgets every stream; call it while the broker is dead. */
  async wipe(): Promise<void> {
    await rm(join(this.#folder, 'store'), { recursive: true, force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** A broker that is ready greets whoever connects. */
async function answers(port: number): Promise<boolean> {
  const socket = createConnection(port, '127.0.0.1');
  try {
    const [greeting] = await once(socket, 'data');
    return String(greeting).startsWith('INFO');
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
