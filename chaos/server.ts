import { rmSync } from 'node:fs';
import path from 'node:path';
import {
  type EmbeddedServer,
  type FoundProgram,
  findProgram,
  freePorts,
  prepareEmbeddedServer,
  type ServerKind,
  untilServerAnswers,
} from '@natter/devstack';

/** Where nats-server keeps its streams. */
const jetStreamFolder = 'store';

/** NATS or MongoDB, of the kind that `npm start` would take, started again whenever it dies. */
export class Server {
  readonly title: string;
  readonly url: string;
  readonly #kind: ServerKind;
  readonly #server: EmbeddedServer;
  readonly #folder: string;
  #wipe = false;

  private constructor(kind: ServerKind, server: EmbeddedServer, folder: string) {
    this.title = server.title;
    this.url = server.url;
    this.#kind = kind;
    this.#server = server;
    this.#folder = folder;
  }

  static async start(kind: ServerKind, folders: { cache: string; data: string }): Promise<Server> {
    const signal = new AbortController().signal;
    const found: FoundProgram = await findProgram(kind, { ...folders, say: console.log, signal });
    const [port] = (await freePorts(1)) as [number];
    const prepared = await prepareEmbeddedServer(kind, found, {
      port,
      logFile: path.join(folders.data, `${kind.name}.log`),
      environment: process.env,
      watcher: { changed: () => undefined, gaveUp: () => undefined, died: () => server.#died() },
    });
    const server: Server = new Server(kind, prepared, found.folder);
    // However the run ends, and if it never begins: nothing of it stays behind.
    process.once('exit', () => prepared.process.kill());
    prepared.process.start();
    try {
      await server.untilItAnswers();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  signal(signal: NodeJS.Signals): void {
    const { pid } = this.#server.process;
    if (pid === null) throw new Error(`${this.#kind.name} is not running`);
    process.kill(pid, signal);
  }

  /** Ends NATS, and with it all that JetStream has stored. */
  wipe(): void {
    this.#wipe = true;
    this.signal('SIGKILL');
  }

  untilItAnswers(): Promise<void> {
    return untilServerAnswers(this.#kind, this.#server, new AbortController().signal);
  }

  async stop(): Promise<void> {
    await this.#server.process.stop(10_000);
  }

  #died(): void {
    if (this.#wipe) rmSync(path.join(this.#folder, jetStreamFolder), { recursive: true, force: true });
    this.#wipe = false;
  }
}
