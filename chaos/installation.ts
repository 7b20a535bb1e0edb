import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  freePorts,
  mongoServer,
  natsServer,
  type PlannedService,
  planServices,
  readLaunchSettings,
  type ServiceName,
  serviceEnvironment,
  signingKeyFile,
  startService,
} from '@natter/devstack';
import { FaultProxy } from '@natter/testkit';
import { Replica } from './replica.ts';
import { Server } from './server.ts';

export const replicasOfEach = 2;

const services = 3;

/** Many times as long as the balancer takes to look at a gateway, on a machine that has other work. */
const drainSeconds = '3';

const clock = new URL('shifted-clock.ts', import.meta.url).href;

type Links = Replica['links'];

type Folders = Parameters<typeof Server.start>[1];

/** Natter with two processes of each service, every one of which has a way of its own to NATS and to MongoDB. */
export class Installation {
  readonly data: string;
  readonly nats: Server;
  readonly mongo: Server;
  readonly gateways: readonly string[];
  readonly replicas: readonly Replica[];

  private constructor(parts: Pick<Installation, 'data' | 'nats' | 'mongo' | 'gateways' | 'replicas'>) {
    this.data = parts.data;
    this.nats = parts.nats;
    this.mongo = parts.mongo;
    this.gateways = parts.gateways;
    this.replicas = parts.replicas;
  }

  /** Resolves when everything is ready. */
  static async start(): Promise<Installation> {
    const data = mkdtempSync(path.join(tmpdir(), 'natter-chaos-'));
    const folders = { data, cache: readLaunchSettings(process.env).NATTER_CACHE };
    const started = new AsyncDisposableStack();
    try {
      const installation = await Installation.#startIn(folders, started);
      await installation.untilReady();
      return installation;
    } catch (error) {
      // Whatever did start has to go: it would keep this process from ending.
      await started.disposeAsync();
      throw error;
    }
  }

  /** Whatever it starts it adds to `started`, also where another does not start. */
  static async #startIn(folders: Folders, started: AsyncDisposableStack): Promise<Installation> {
    const starting = [Server.start(natsServer, folders), Server.start(mongoServer, folders)] as const;
    for (const server of await Promise.allSettled(starting))
      if (server.status === 'fulfilled') started.defer(() => server.value.stop());
    const [nats, mongo] = await Promise.all(starting);
    const linking = Array.from({ length: services * replicasOfEach }, () => link(nats, mongo, started));
    const links = await Promise.all(linking);
    const { planned, gateways } = await plan();
    const replicas = planned.map((one, index) => startReplica(one, links[index] as Links, folders));
    const installation = new Installation({ data: folders.data, nats, mongo, gateways, replicas });
    started.defer(() => installation.#stopServices());
    // However the run ends, nothing of it stays behind.
    process.once('exit', () => installation.#kill());
    return installation;
  }

  of(name: ServiceName): readonly Replica[] {
    return this.replicas.filter(({ service }) => service.name === name);
  }

  /** What all gateways have logged, a line each. */
  gatewayLogs(): string[] {
    return this.of('gateway').flatMap(({ name }) => readFileSync(logOf(this.data, name), 'utf8').split('\n'));
  }

  async untilReady(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.untilReady()));
  }

  /** Where what runs can be found: the environment of `npm run natter`. */
  get environment(): Record<string, string> {
    return { NATS_URL: this.nats.url, MONGODB_URL: this.mongo.url, NATTER_DATA: this.data };
  }

  async stop(): Promise<void> {
    await this.#stopServices();
    await Promise.all([this.nats.stop(), this.mongo.stop()]);
    await Promise.all(this.replicas.flatMap(({ links }) => [links.nats.shut(), links.mongo.shut()]));
  }

  /** Its data and logs, once nobody wants to look at them. */
  remove(): void {
    rmSync(this.data, { recursive: true, force: true, maxRetries: 5 });
  }

  async #stopServices(): Promise<void> {
    await Promise.all(this.replicas.map(({ service }) => service.process.stop(15_000)));
  }

  #kill(): void {
    for (const { service } of this.replicas) service.process.kill();
  }
}

function logOf(data: string, label: string): string {
  return path.join(data, `${label}.log`);
}

/** A replica's ways to the servers. */
async function link(nats: Server, mongo: Server, started: AsyncDisposableStack): Promise<Links> {
  return {
    nats: started.use(await FaultProxy.to(nats.url)),
    mongo: started.use(await FaultProxy.to(mongo.url)),
  };
}

/** Whatever else listens on ports that it finds by itself must listen before. */
async function plan() {
  const ports = await freePorts((1 + services) * replicasOfEach);
  const [gateways, admin] = [ports.slice(0, replicasOfEach), ports.slice(replicasOfEach)];
  const each = { gateway: replicasOfEach, messaging: replicasOfEach, users: replicasOfEach };
  return {
    planned: planServices(each, { gateways, admin }),
    gateways: gateways.map((port) => `http://127.0.0.1:${port}`),
  };
}

function startReplica(planned: PlannedService, links: Links, { data, cache }: Folders): Replica {
  const clockFile = path.join(data, `${planned.label}.clock`);
  const log = createWriteStream(logOf(data, planned.label));
  const environment = serviceEnvironment(process.env, planned, {
    natsUrl: links.nats.url,
    natsPrefix: 'chaos',
    mongoUrl: links.mongo.url,
    host: '127.0.0.1',
    signingKeyFile: signingKeyFile(data),
    compileCache: path.join(cache, 'compiled'),
  });
  const service = startService(planned, {
    environment: {
      ...environment,
      // Longer than the longest run.
      ACCESS_TOKEN_SECONDS: '43200',
      DRAIN_SECONDS: drainSeconds,
      // A few people, who write as many.
      RATE_LIMIT: 'off',
      NODE_OPTIONS: `--import=${clock}`,
      CHAOS_CLOCK_FILE: clockFile,
    },
    output: (line) => log.write(`${line}\n`),
    watcher: { changed: () => undefined, died: () => undefined, gaveUp: () => undefined },
  });
  return new Replica(service, links, clockFile);
}
