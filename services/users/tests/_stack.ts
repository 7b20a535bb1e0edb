import { type Bus, connectBus, Deadline } from '@natter/bus';
import {
  beginSecondFactor,
  confirmSecondFactor,
  createUser,
  type Operation,
  type RequestOf,
  type ResponseOf,
  type User,
} from '@natter/contracts';
import { MongoConnection } from '@natter/mongo';
import { createLogger, parseConfig } from '@natter/platform';
import { authenticatorCode, uniqueName } from '@natter/testkit';
import { UsersService, usersSettings } from '../src/index.ts';
import { writeKeyFile } from './_keys.ts';

export const password = 'correct horse battery';

/** Of the client on whose behalf `Stack.call` asks. */
export const clientAddress = '192.0.2.7';

/** An installation of its own: a prefix, a database, and a caller of whatever service is made in it. */
export class Stack {
  readonly name: string;
  readonly bus: Bus;
  /** For a look behind the service, and for setting the stage. */
  readonly database: MongoConnection;
  readonly #environment: Record<string, string>;
  readonly #services: UsersService[] = [];

  private constructor(bus: Bus, database: MongoConnection, environment: Record<string, string>) {
    this.name = String(environment['NATS_PREFIX']);
    this.bus = bus;
    this.database = database;
    this.#environment = environment;
  }

  static async create(): Promise<Stack> {
    const name = uniqueName();
    const logger = createLogger({ name: 'test', level: 'silent' });
    const natsUrl = String(process.env['TEST_NATS_URL']);
    const mongoUrl = String(process.env['TEST_MONGODB_URL']);
    const bus = await connectBus({ url: natsUrl, name: 'test', prefix: name, logger });
    const database = new MongoConnection({ url: mongoUrl, database: name, logger, retryWrites: false });
    await database.open(AbortSignal.timeout(60_000));
    return new Stack(bus, database, {
      NATS_URL: natsUrl,
      NATS_PREFIX: name,
      MONGODB_URL: mongoUrl,
      MONGODB_DATABASE: name,
      JWT_PRIVATE_KEY_FILE: await writeKeyFile(),
      LOG_LEVEL: 'silent',
      REGISTRATION: 'open',
    });
  }

  /** A replica; `close` stops it. */
  async createService(environment: Record<string, string> = {}): Promise<UsersService> {
    const config = parseConfig(usersSettings, { ...this.#environment, ...environment });
    const service = await UsersService.create(config);
    this.#services.push(service);
    return service;
  }

  async startService(environment?: Record<string, string>): Promise<UsersService> {
    const service = await this.createService(environment);
    await service.start();
    return service;
  }

  call<O extends Operation>(operation: O, request: RequestOf<O>): Promise<ResponseOf<O>> {
    return this.bus.call(operation, request, {
      requestId: 'test',
      deadline: Deadline.in(4_900),
      address: clientAddress,
    });
  }

  register(username: string, displayName = username): Promise<User> {
    return this.call(createUser, { username, displayName, password });
  }

  /** Turns the second factor of a user on; the code of this moment is used by that. */
  async turnFactorOn(callerId: string, currentId?: string) {
    const { secret } = await this.call(beginSecondFactor, { callerId, password });
    const code = authenticatorCode(secret);
    const { recoveryCodes } = await this.call(confirmSecondFactor, { callerId, currentId, code });
    return { secret, code, recoveryCodes };
  }

  async close(): Promise<void> {
    for (const service of this.#services) await service.stop();
    await this.bus.close();
    await this.database.mongoose.dropDatabase();
    await this.database.close();
  }
}
