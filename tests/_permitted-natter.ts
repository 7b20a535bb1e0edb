import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { natsUsers, passwordVariable } from '@natter/bus';
import type { CallerName, User } from '@natter/contracts';
import { MongoConnection } from '@natter/mongo';
import { NatsBroker, runNatter, uniqueName, waitFor } from '@natter/testkit';
import { type Client, createClients, password } from './_client.ts';
import { ServiceProcess } from './_service-process.ts';

const fromRoot = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));

/** The three services, each as its own user of a NATS with the permissions that we deliver. */
export class PermittedNatter {
  readonly services: ServiceProcess[] = [];
  readonly #broker: NatsBroker;
  readonly #passwords: ReadonlyMap<CallerName, string>;
  readonly #folder: string;
  readonly #name = uniqueName();
  readonly #clientOf = createClients();
  #gateway = '';

  private constructor(broker: NatsBroker, passwords: ReadonlyMap<CallerName, string>, folder: string) {
    this.#broker = broker;
    this.#passwords = passwords;
    this.#folder = folder;
  }

  static async start(): Promise<PermittedNatter> {
    const passwords = new Map(natsUsers.map((user) => [user, `p${randomBytes(16).toString('hex')}`]));
    const variables = [...passwords].map(([user, secret]) => [passwordVariable(user), secret]);
    const broker = await NatsBroker.create({
      extra: ['-c', fromRoot('deploy/nats/permissions.conf')],
      environment: Object.fromEntries(variables),
    });
    await broker.start();
    const folder = await mkdtemp(path.join(tmpdir(), 'natter-permitted-'));
    const natter = new PermittedNatter(broker, passwords, folder);
    await natter.#startServices();
    return natter;
  }

  get gateway(): string {
    return this.#gateway;
  }

  async register(name: string): Promise<User & { api: Client }> {
    const username = `${name}-${randomBytes(6).toString('hex')}`;
    const api = await this.#clientOf(this.#gateway, username);
    const { body } = await api.post('/api/v1/users', { username, password });
    return { ...(body as User), api };
  }

  /** `npm run natter -- …`. */
  operate(...args: string[]): Promise<{ code: number | null; output: string }> {
    return runNatter(args, {
      ...process.env,
      ...this.#environmentOf('operator'),
      MONGODB_DATABASE: this.#database('messaging'),
    });
  }

  /** Another process of messaging, which finds everything made already. */
  async startMessaging(): Promise<ServiceProcess> {
    const messaging = this.#start('messaging');
    await messaging.logged('ready');
    return messaging;
  }

  /** Whatever NATS forbade, in the words of the server and of whom it was forbidden. */
  async violations(): Promise<string[]> {
    const server = (await this.#broker.log()).split('\n');
    const services = this.services.flatMap(({ name, log }) =>
      log.map((line) => `${name}: ${JSON.stringify(line)}`),
    );
    return [...server, ...services].filter((line) => /violation/i.test(line));
  }

  async remove(): Promise<void> {
    await Promise.all(this.services.map((service) => service.stop()));
    await this.#broker[Symbol.asyncDispose]();
    await rm(this.#folder, { recursive: true });
    for (const service of ['users', 'messaging'] as const) await dropDatabase(this.#database(service));
  }

  async #startServices(): Promise<void> {
    const keyFile = path.join(this.#folder, 'key.pem');
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await writeFile(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const users = this.#start('users', { JWT_PRIVATE_KEY_FILE: keyFile, REGISTRATION: 'open' });
    const gateway = this.#start('gateway', { PORT: '0', REGISTRATION: 'open' });
    await Promise.all([users.logged('ready'), this.startMessaging()]);
    this.#gateway = String((await gateway.logged('listening'))['url']);
    // It learns from users what it judges tokens by.
    const ready = async () => (await fetch(`${this.#gateway}/readyz`)).ok;
    await waitFor(ready, { what: 'the gateway to be ready' });
  }

  #start(service: 'gateway' | 'users' | 'messaging', more: Record<string, string> = {}): ServiceProcess {
    const environment = {
      ...this.#environmentOf(service),
      MONGODB_DATABASE: this.#database(service),
      ...more,
    };
    const started = new ServiceProcess(service, environment);
    this.services.push(started);
    return started;
  }

  #environmentOf(user: CallerName): Record<string, string> {
    return {
      NATS_URL: `nats://${user}:${this.#passwords.get(user)}@127.0.0.1:${this.#broker.port}`,
      MONGODB_URL: String(process.env['TEST_MONGODB_URL']),
    };
  }

  #database(service: string): string {
    return `${this.#name}-${service}`;
  }
}

async function dropDatabase(database: string): Promise<void> {
  const logger = { info: () => undefined, warn: () => undefined };
  const url = String(process.env['TEST_MONGODB_URL']);
  const mongo = new MongoConnection({ url, database, logger, retryWrites: false });
  await mongo.open(AbortSignal.timeout(60_000));
  await mongo.mongoose.dropDatabase();
  await mongo.close();
}
