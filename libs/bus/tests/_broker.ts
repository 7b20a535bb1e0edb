import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './_bus.ts';

/** A NATS server of the test's own, to be killed, frozen, wiped and started again on the same port. */
export class Broker {
  readonly port: number;
  readonly #folder: string;
  readonly #arguments: readonly string[];
  #process: ChildProcess | undefined;

  private constructor(port: number, folder: string, extra: readonly string[]) {
    this.port = port;
    this.#folder = folder;
    this.#arguments = ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', folder, ...extra];
  }

  /** `extra` are further arguments of nats-server. */
  static async create(...extra: string[]): Promise<Broker> {
    return new Broker(await freePort(), await mkdtemp(join(tmpdir(), 'natter-bus-')), extra);
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const program = process.env.NATS_SERVER_BINARY;
    if (!program) throw new Error('the run found no nats-server for NATS_SERVER_BINARY');
    this.#process = spawn(program, this.#arguments, { stdio: 'ignore' });
    await until('the broker to answer', () => answers(this.port));
  }

  async kill(): Promise<void> {
    const dying = this.#process;
    this.#process = undefined;
    if (!dying || dying.exitCode !== null) return;
    dying.kill('SIGKILL');
    await once(dying, 'exit');
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
    await rm(this.#folder, { recursive: true, force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await this.wipe();
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
