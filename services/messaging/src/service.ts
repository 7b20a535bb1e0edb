import { type Bus, connectBus } from '@natter/bus';
import { NatterError, userChanged } from '@natter/contracts';
import { createDeadLetters, ensureIndexes, isUnavailable, MongoConnection } from '@natter/mongo';
import { createLogger, Lifecycle, type Logger, repeat, type Service } from '@natter/platform';
import manifest from '../package.json' with { type: 'json' };
import type { MessagingConfig } from './config.ts';
import { publishEntry } from './events/publish-entry.ts';
import { handleGetConversation } from './handlers/get-conversation.ts';
import { handleListMessages } from './handlers/list-messages.ts';
import { handleSendMessage } from './handlers/send-message.ts';
import { ConversationWriter } from './log/conversation-writer.ts';
import { Relay } from './log/relay.ts';
import { Sweeper } from './log/sweeper.ts';
import { MongoConversationLog } from './storage/mongo-conversation-log.ts';
import { MongoProfiles } from './storage/mongo-profiles.ts';
import { MongoProjections } from './storage/mongo-projections.ts';
import { ProjectedUserDirectory } from './users/projected-user-directory.ts';
import { requestProfiles } from './users/request-profiles.ts';

const name = 'messaging';

const maxInFlight = 512;

const sweepEveryMs = 2_000;

/** Conversations and their logs, served over NATS. */
export class MessagingService implements Service {
  readonly logger: Logger;
  readonly #config: MessagingConfig;
  readonly #mongo: MongoConnection;
  readonly #log: MongoConversationLog;
  readonly #projections: MongoProjections;
  readonly #profiles: MongoProfiles;
  readonly #keepDeadLetter: ReturnType<typeof createDeadLetters>;
  readonly #lifecycle: Lifecycle;
  #bus: Bus | undefined;
  #indexed = false;

  static create(config: MessagingConfig): MessagingService {
    return new MessagingService(config);
  }

  private constructor(config: MessagingConfig) {
    this.#config = config;
    this.#lifecycle = new Lifecycle(config);
    this.#watchHealth();
    this.logger = createLogger({ name, level: config.LOG_LEVEL });
    this.#mongo = new MongoConnection({
      url: config.MONGODB_URL,
      database: config.MONGODB_DATABASE,
      logger: this.logger,
      // Whether an append went in, the log itself is asked: it knows more than the driver.
      retryWrites: false,
    });
    this.#log = new MongoConversationLog(this.#mongo.mongoose);
    this.#projections = new MongoProjections(this.#mongo.mongoose);
    this.#profiles = new MongoProfiles(this.#mongo.mongoose);
    this.#keepDeadLetter = createDeadLetters(this.#mongo.mongoose);
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

  async #start(): Promise<void> {
    // NATS is connected first, but closed before the database.
    this.#lifecycle.onStop(() => this.#mongo.close());
    const bus = await this.#connect();
    await this.#mongo.open(this.#lifecycle.stopping);
    await ensureIndexes(this.#mongo.mongoose);
    this.#indexed = true;
    await this.#followUsers(bus);
    await this.#serve(bus, this.#startWriter(bus));
    this.logger.info({ adminUrl: this.adminUrl }, 'ready');
  }

  #watchHealth(): void {
    const { health } = this.#lifecycle;
    health.add({
      name: 'nats',
      ready: () => this.#bus?.connected ?? false,
      alive: () => !this.#bus?.closed,
    });
    health.add({ name: 'mongodb', ready: () => this.#mongo.ping() });
    health.add({ name: 'indexes', ready: () => this.#indexed });
  }

  async #connect(): Promise<Bus> {
    const { NATS_URL: url, NATS_PREFIX: prefix } = this.#config;
    const bus = await connectBus({ url, name, prefix, logger: this.logger }, this.#lifecycle.stopping);
    this.#lifecycle.onStop(() => bus.close());
    this.#bus = bus;
    return bus;
  }

  async #followUsers(bus: Bus): Promise<void> {
    const consuming = await bus.consume(userChanged, {
      durable: 'messaging-profiles',
      handle: (profile) => this.#profiles.save([profile]),
      deadLetter: this.#keepDeadLetter,
    });
    this.#lifecycle.onStop(() => consuming.stop());
  }

  #startWriter(bus: Bus): ConversationWriter {
    const log = this.#log;
    const relay = new Relay({
      log,
      publish: (entry) => publishEntry(bus, entry),
      onFailure: (error, failed) =>
        this.logger.warn({ err: error, failed }, 'could not publish entries; the sweeper will'),
    });
    this.#lifecycle.onStop(() => relay.idle());
    const writer = new ConversationWriter({
      log,
      projections: this.#projections,
      now: () => new Date(),
      relay: (entries) => relay.add(entries),
    });
    const sweeper = new Sweeper({ log, relay, restore: (entries) => writer.restore(entries) });
    const sweeping = repeat(() => this.#sweep(sweeper), {
      everyMs: sweepEveryMs,
      onFailure: (error) => this.logger.warn({ err: error }, 'could not sweep; trying on'),
    });
    this.#lifecycle.onStop(() => sweeping.stop());
    return writer;
  }

  async #sweep(sweeper: Sweeper): Promise<void> {
    const left = await sweeper.sweep();
    if (left > 0) this.logger.info({ entries: left }, 'took up entries that were left behind');
  }

  async #serve(bus: Bus, writer: ConversationWriter): Promise<void> {
    const log = this.#log;
    const projections = this.#projections;
    const directory = new ProjectedUserDirectory(this.#profiles, requestProfiles(bus));
    const reading = { log, projections, directory };
    const handlers = [
      handleSendMessage(writer, directory),
      handleGetConversation(reading),
      handleListMessages(reading),
    ];
    const { version } = manifest;
    const serving = await bus.serve(handlers, { service: name, version, maxInFlight, translateError });
    this.#lifecycle.onStop(() => serving.stop());
  }
}

/** An append tells by itself whether it happened; whatever else finds no database has changed nothing. */
function translateError(error: unknown): unknown {
  if (!isUnavailable(error)) return error;
  return new NatterError('service_unavailable', { retryAfter: 1, cause: error });
}
