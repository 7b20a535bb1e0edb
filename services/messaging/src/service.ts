import { type Bus, connectBus } from '@natter/bus';
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
import type { MessagingConfig } from './config.ts';
import { measuredLog } from './measured-log.ts';
import { createMessagingMetrics, type MessagingMetrics } from './messaging-metrics.ts';
import { startFollowingEntries } from './parts/start-following-entries.ts';
import { startFollowingEpoch } from './parts/start-following-epoch.ts';
import { startFollowingUsers } from './parts/start-following-users.ts';
import { startLog } from './parts/start-log.ts';
import { startSecondLook } from './parts/start-second-look.ts';
import { startServing } from './parts/start-serving.ts';
import { startWatchingDrift } from './parts/start-watching-drift.ts';
import { startWebhooks } from './parts/start-webhooks.ts';
import { createMongoArchives } from './storage/mongo-archives.ts';
import { createMongoStorage, type MongoStorage } from './storage/mongo-storage.ts';
import { Contacts } from './users/contacts.ts';
import { createDirectory } from './users/create-directory.ts';

const name = 'messaging';

const { version } = manifest;

/** Conversations and their logs, served over NATS. */
export class MessagingService implements Service {
  readonly name = name;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly #config: MessagingConfig;
  readonly #lifecycle: Lifecycle;
  readonly #metrics: MessagingMetrics;
  readonly #bus: ServiceBus<Bus>;
  readonly #mongo: MongoConnection;
  readonly #database: ServiceDatabase;
  readonly #storage: MongoStorage;

  static create(config: MessagingConfig): MessagingService {
    return new MessagingService(config);
  }

  private constructor(config: MessagingConfig) {
    this.#config = config;
    this.logger = createLogger({ name, level: config.LOG_LEVEL });
    this.#lifecycle = new Lifecycle({ name, version, logger: this.logger }, config);
    this.metrics = this.#lifecycle.metrics;
    this.#metrics = createMessagingMetrics(this.metrics);
    this.#bus = new ServiceBus(this.#lifecycle, { settings: config, connect: connectBus });
    this.#mongo = new MongoConnection({
      url: config.MONGODB_URL,
      database: config.MONGODB_DATABASE,
      logger: this.logger,
      // Whether an append went in, the log itself is asked: it knows more than the driver.
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
    await this.#database.open(() => ensureIndexes(this.#mongo.mongoose));
    await this.#startParts(bus);
    this.logger.info({ adminUrl: this.adminUrl }, 'ready');
  }

  /** Each part sees to its own stop: what is started last is stopped first. */
  async #startParts(bus: Bus): Promise<void> {
    const [lifecycle, storage] = [this.#lifecycle, this.#storage];
    const [settings, metrics] = [this.#config, this.#metrics];
    const { projections, blocks, profiles } = storage;
    const log = measuredLog(storage.log, metrics);
    const directory = createDirectory(bus, storage, settings.DIRECTORY);
    const contacts = new Contacts(blocks, profiles);
    const webhooks = startWebhooks(lifecycle, { bus, storage, settings });
    const { announce } = webhooks;
    const writer = startLog(lifecycle, { bus, log, projections, directory, contacts, metrics, announce });
    await startFollowingUsers(lifecycle, { bus, storage, writer });
    const following = await startFollowingEntries(lifecycle, {
      bus,
      storage,
      writer,
    });
    startSecondLook(lifecycle, { storage, writer, announce });
    startWatchingDrift(lifecycle, createMongoArchives(this.#mongo.mongoose), metrics);
    const epoch = await startFollowingEpoch(lifecycle, storage.epochs);
    await startServing(lifecycle, {
      bus,
      storage,
      directory,
      contacts,
      writer,
      following,
      epoch,
      maxMembers: settings.GROUP_MAX_MEMBERS,
      handlers: webhooks.handlers,
    });
  }
}
