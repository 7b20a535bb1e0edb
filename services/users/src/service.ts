import { availableParallelism } from 'node:os';
import { type Bus, connectBus } from '@natter/bus';
import { credentialsChanged } from '@natter/contracts';
import { ensureIndexes, MongoConnection } from '@natter/mongo';
import {
  createLogger,
  Lifecycle,
  type Logger,
  type Metrics,
  type Service,
  ServiceBus,
  ServiceDatabase,
} from '@natter/platform';
import manifest from '../package.json' with { type: 'json' };
import type { UsersConfig } from './config.ts';
import { createEndAllSessions } from './domain/end-all-sessions.ts';
import type { TellEnded } from './domain/end-session.ts';
import type { Passwords } from './domain/passwords.ts';
import { resealSecondFactors } from './domain/reseal-second-factors.ts';
import type { TimeCodes } from './domain/second-factor.ts';
import type { Storage } from './domain/storage.ts';
import { pushEndedSessions } from './events/push-ended-sessions.ts';
import { startAudit } from './parts/start-audit.ts';
import { startKeepingBuckets } from './parts/start-keeping-buckets.ts';
import { startRelay } from './parts/start-relay.ts';
import { startServing } from './parts/start-serving.ts';
import { startTellingOfEnds } from './parts/start-telling-of-ends.ts';
import { createArgon2Passwords } from './passwords/argon2-passwords.ts';
import { HashingQueue } from './passwords/hashing-queue.ts';
import { SecretSeal } from './second-factor/secret-seal.ts';
import { createTotpCodes } from './second-factor/totp-codes.ts';
import { fillSkeletons } from './storage/fill-skeletons.ts';
import { createMongoStorage } from './storage/mongo-storage.ts';
import { publishSigningKeys, type SigningKeys } from './tokens/signing-keys.ts';

const name = 'users';

const { version } = manifest;

/** Hashes take threads of libuv's four, and the rest of the process needs some, too: to find a name, to read a file. */
const hashesAtOnce = Math.min(2, availableParallelism());

const hashesWaiting = 32;

/** Who waits for so long is refused, so that there is an answer before the caller gives up (4 s). */
const hashWaitMs = 3_000;

/** Accounts, passwords, sessions, signing keys and the directory, served over NATS. */
export class UsersService implements Service {
  readonly name = name;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly #config: UsersConfig;
  readonly #keys: SigningKeys;
  readonly #timeCodes: TimeCodes;
  readonly #passwords: Passwords;
  readonly #lifecycle: Lifecycle;
  readonly #bus: ServiceBus<Bus>;
  readonly #mongo: MongoConnection;
  readonly #database: ServiceDatabase;
  readonly #storage: Storage;

  static async create(config: UsersConfig): Promise<UsersService> {
    const keys = await publishSigningKeys(config.JWT_PRIVATE_KEY_FILE);
    const queue = new HashingQueue({ atOnce: hashesAtOnce, waiting: hashesWaiting, waitMs: hashWaitMs });
    return new UsersService(config, keys, await createArgon2Passwords(queue));
  }

  private constructor(config: UsersConfig, keys: SigningKeys, passwords: Passwords) {
    this.#config = config;
    this.logger = createLogger({ name, level: config.LOG_LEVEL });
    this.#lifecycle = new Lifecycle({ name, version, logger: this.logger }, config);
    this.metrics = this.#lifecycle.metrics;
    this.#keys = keys;
    this.#timeCodes = this.#createTimeCodes();
    this.#passwords = passwords;
    this.#bus = new ServiceBus(this.#lifecycle, { settings: config, connect: connectBus });
    this.#mongo = new MongoConnection({
      url: config.MONGODB_URL,
      database: config.MONGODB_DATABASE,
      logger: this.logger,
      // Repeated by the driver, a registration could find that its own name is taken.
      retryWrites: false,
      traced: config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
    });
    this.#database = new ServiceDatabase(this.#lifecycle, this.#mongo);
    this.#storage = createMongoStorage(this.#mongo.mongoose);
  }

  get failure(): Promise<Error> {
    return this.#lifecycle.failure;
  }

  /** Known from the first moments of `start` on. */
  get adminUrl(): string {
    return this.#lifecycle.adminUrl;
  }

  start(): Promise<void> {
    return this.#lifecycle.start(() => this.#start());
  }

  stop(): Promise<void> {
    return this.#lifecycle.stop();
  }

  get unfinished(): readonly string[] {
    return this.#lifecycle.unfinished;
  }

  async #start(): Promise<void> {
    // NATS is connected first, but closed before the database.
    this.#lifecycle.onStop('MongoDB', () => this.#mongo.close());
    const bus = await this.#bus.connect();
    await this.#database.open(() => this.#prepareDatabase());
    await this.#startParts(bus);
    this.logger.info({ adminUrl: this.adminUrl }, 'ready');
  }

  async #prepareDatabase(): Promise<void> {
    await ensureIndexes(this.#mongo.mongoose);
    const alike = await fillSkeletons(this.#mongo.mongoose);
    if (alike.length > 0) this.logger.warn({ usernames: alike }, 'there are usernames that look like others');
    await resealSecondFactors(this.#storage.accounts, this.#timeCodes);
  }

  #createTimeCodes(): TimeCodes {
    return createTotpCodes({
      issuer: this.#config.JWT_ISSUER,
      seal: new SecretSeal(this.#keys),
      onUnreadable: (userId) =>
        this.logger.warn(
          { userId },
          'a second factor is sealed under keys that are not in JWT_PRIVATE_KEY_FILE',
        ),
    });
  }

  /** Each part sees to its own stop: what is started last is stopped first. */
  async #startParts(bus: Bus): Promise<void> {
    const [lifecycle, storage] = [this.#lifecycle, this.#storage];
    const [settings, keys, passwords] = [this.#config, this.#keys, this.#passwords];
    const audit = await startAudit(lifecycle, { log: storage.audit, keepDays: settings.AUDIT_DAYS, keys });
    await startKeepingBuckets(lifecycle, bus);
    const tellEnded: TellEnded = (userId, ended) => pushEndedSessions(bus, userId, ended);
    const endAll = createEndAllSessions(storage.sessions, {
      ended: tellEnded,
      credentialsChanged: (userId) => bus.push(credentialsChanged, { userId }),
    });
    const relay = startRelay(lifecycle, { bus, storage, endAll });
    const tellUntilTold = startTellingOfEnds(lifecycle, tellEnded);
    const given = { bus, storage, passwords, keys, timeCodes: this.#timeCodes, settings };
    await startServing(lifecycle, { ...given, relay, audit, endAll, tellEnded: tellUntilTold });
  }
}
