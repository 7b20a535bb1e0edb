import { setTimeout } from 'node:timers/promises';
import { type Bus, type Consuming, connectBus } from '@natter/bus';
import { createDeadLetters, databaseAbsence, ensureIndexes, MongoConnection } from '@natter/mongo';
import {
  createBusMetrics,
  createLogger,
  Lifecycle,
  type Logger,
  type Metrics,
  natsOptions,
  repeat,
  type Service,
} from '@natter/platform';
import manifest from '../package.json' with { type: 'json' };
import { createActivityServices } from './activity/create-activity-services.ts';
import { countDrift } from './audit/count-drift.ts';
import { composeWebhooks } from './compose-webhooks.ts';
import type { MessagingConfig } from './config.ts';
import type { Entry } from './domain/entry.ts';
import { EntryPushes } from './events/entry-pushes.ts';
import { followEntries } from './events/follow-entries.ts';
import { followUsers } from './events/follow-users.ts';
import { HeadReports } from './events/head-reports.ts';
import { indexMessage } from './events/index-message.ts';
import { publishEntry } from './events/publish-entry.ts';
import { seeOffDeleted } from './events/see-off-deleted.ts';
import { FollowedEpoch } from './followed-epoch.ts';
import { createHandlers } from './handlers/create-handlers.ts';
import { ConversationWriter } from './log/conversation-writer.ts';
import { Relay } from './log/relay.ts';
import { Sweeper } from './log/sweeper.ts';
import { measuredLog } from './measured-log.ts';
import { createMessagingMetrics, type MessagingMetrics } from './messaging-metrics.ts';
import { createMongoArchives } from './storage/mongo-archives.ts';
import { MongoBlocks } from './storage/mongo-blocks.ts';
import { MongoChanges } from './storage/mongo-changes.ts';
import { MongoConversationLog } from './storage/mongo-conversation-log.ts';
import { MongoCursorKeys } from './storage/mongo-cursor-keys.ts';
import { MongoLogEpochs } from './storage/mongo-log-epochs.ts';
import { MongoMessageSearch } from './storage/mongo-message-search.ts';
import { MongoProfiles } from './storage/mongo-profiles.ts';
import { MongoProjections } from './storage/mongo-projections.ts';
import { createMongoWebhookStores } from './storage/mongo-webhook-stores.ts';
import { Acquaintances } from './users/acquaintances.ts';
import { Contacts } from './users/contacts.ts';
import { leaveGroups } from './users/leave-groups.ts';
import { everyoneVisible, ProjectedUserDirectory, type VisibleTo } from './users/projected-user-directory.ts';
import { requestProfiles } from './users/request-profiles.ts';

const name = 'messaging';

const { version } = manifest;

const maxInFlight = 512;

const sweepEveryMs = 2_000;

/** So soon all replicas name another epoch of the logs, where an operator has begun one. */
const followEpochEveryMs = 2_000;

/** On average, and with jitter: a database in trouble is not asked as fast as it can say so. */
const pauseMs = 50;

/** Gateways are told how far conversations go: as long as one who missed a push may have to wait. */
const reportEveryMs = 5_000;

/** From one round through all conversations to the next, and before the first. */
const countDriftEveryMs = 10 * 60_000;

/** What serving takes of what has been started before. */
interface Served {
  writer: ConversationWriter;
  following: Consuming;
  epoch: FollowedEpoch;
  webhooks: ReturnType<typeof composeWebhooks>;
}

/** Conversations and their logs, served over NATS. */
export class MessagingService implements Service {
  readonly name = name;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly #config: MessagingConfig;
  readonly #mongo: MongoConnection;
  readonly #log: MongoConversationLog;
  readonly #projections: MongoProjections;
  readonly #search: MongoMessageSearch;
  readonly #profiles: MongoProfiles;
  readonly #webhooks: ReturnType<typeof createMongoWebhookStores>;
  readonly #blocks: MongoBlocks;
  readonly #epochs: MongoLogEpochs;
  readonly #changes: MongoChanges;
  readonly #cursorKeys: MongoCursorKeys;
  readonly #keepDeadLetter: ReturnType<typeof createDeadLetters>;
  readonly #lifecycle: Lifecycle;
  readonly #metrics: MessagingMetrics;
  #bus: Bus | undefined;
  #indexed = false;

  static create(config: MessagingConfig): MessagingService {
    return new MessagingService(config);
  }

  private constructor(config: MessagingConfig) {
    this.#config = config;
    this.logger = createLogger({ name, level: config.LOG_LEVEL });
    this.#lifecycle = new Lifecycle({ name, version, logger: this.logger }, config);
    this.metrics = this.#lifecycle.metrics;
    this.#metrics = createMessagingMetrics(this.metrics);
    this.#watchHealth();
    this.#mongo = new MongoConnection({
      url: config.MONGODB_URL,
      database: config.MONGODB_DATABASE,
      logger: this.logger,
      // Whether an append went in, the log itself is asked: it knows more than the driver.
      retryWrites: false,
      traced: config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
    });
    this.#log = new MongoConversationLog(this.#mongo.mongoose);
    this.#projections = new MongoProjections(this.#mongo.mongoose);
    this.#search = new MongoMessageSearch(this.#mongo.mongoose);
    this.#profiles = new MongoProfiles(this.#mongo.mongoose);
    this.#webhooks = createMongoWebhookStores(this.#mongo.mongoose);
    this.#blocks = new MongoBlocks(this.#mongo.mongoose);
    this.#epochs = new MongoLogEpochs(this.#mongo.mongoose);
    this.#changes = new MongoChanges(this.#mongo.mongoose);
    this.#cursorKeys = new MongoCursorKeys(this.#mongo.mongoose);
    this.#keepDeadLetter = createDeadLetters(this.#mongo.mongoose);
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
    const bus = await this.#connect();
    await this.#mongo.open(this.#lifecycle.stopping);
    await ensureIndexes(this.#mongo.mongoose);
    this.#indexed = true;
    const webhooks = this.#startWebhooks(bus);
    const writer = this.#startWriter(bus, webhooks);
    await this.#followUsers(bus, writer);
    const following = await this.#followEntries(bus, writer);
    this.#watchDrift();
    const epoch = await this.#followEpoch();
    await this.#serve(bus, { writer, following, epoch, webhooks });
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
    const options = {
      ...natsOptions(this.#config),
      name,
      logger: this.logger,
      streamReplicas: this.#config.NATS_STREAM_REPLICAS,
      observer: createBusMetrics(this.metrics),
      onClosed: (error: Error) => this.#lifecycle.fail(error),
    };
    const bus = await connectBus(options, this.#lifecycle.stopping);
    this.#lifecycle.onStop('NATS', () => bus.close());
    this.#bus = bus;
    return bus;
  }

  #startWebhooks(bus: Bus): Served['webhooks'] {
    const webhooks = composeWebhooks({
      stores: this.#webhooks,
      log: this.#log,
      projections: this.#projections,
      directory: new ProjectedUserDirectory(this.#profiles, requestProfiles(bus), everyoneVisible),
      config: this.#config,
      version,
      logger: this.logger,
      metrics: this.metrics,
    });
    this.#lifecycle.onStop('deliveries to webhooks', () => webhooks.stop());
    return webhooks;
  }

  async #followUsers(bus: Bus, writer: ConversationWriter): Promise<void> {
    const projections = this.#projections;
    const consuming = await followUsers(bus, {
      profiles: this.#profiles,
      leaveGroups: (userId) => leaveGroups({ projections, writer }, userId),
      deadLetter: this.#keepDeadLetter,
    });
    this.#lifecycle.onStop('events of users', () => consuming.stop());
  }

  async #followEntries(bus: Bus, writer: ConversationWriter): Promise<Consuming> {
    const log = this.#log;
    const following = await followEntries(bus, {
      log,
      handlers: [
        indexMessage({ log, projections: this.#projections, search: this.#search }),
        seeOffDeleted({ profiles: this.#profiles, writer }),
      ],
      deadLetter: this.#keepDeadLetter,
    });
    this.#lifecycle.onStop('events of messaging', () => following.stop());
    return following;
  }

  #startWriter(bus: Bus, { announce }: Served['webhooks']): ConversationWriter {
    const pushes = this.#startPushes(bus);
    const log = measuredLog(this.#log, this.#metrics);
    const relay = new Relay({
      log,
      // Before the mark goes: what NATS loses after that, webhooks have.
      publish: async (entry) => {
        await announce(entry);
        await publishEntry(bus, entry);
      },
      onFailure: (error, failed) =>
        this.logger.warn({ err: error, failed }, 'could not publish entries; the sweeper will'),
    });
    this.#lifecycle.onStop('events being published', () => relay.idle());
    const contacts = new Contacts(this.#blocks, this.#profiles);
    const writer = new ConversationWriter({
      log,
      projections: this.#projections,
      isRefused: (memberIds) => contacts.areRefused(memberIds),
      now: () => new Date(),
      elapsed: () => performance.now(),
      pause: () => setTimeout(pauseMs * (0.5 + Math.random())),
      relay: (entries) => {
        pushes.add(entries);
        relay.add(entries);
      },
    });
    const restore = async (entries: readonly Entry[]) => {
      await writer.restore(entries);
      pushes.add(entries);
    };
    const sweeper = new Sweeper({ log, relay, restore });
    const sweeping = repeat(() => this.#sweep(sweeper), {
      everyMs: sweepEveryMs,
      onFailure: (error) => this.logger.warn({ err: error }, 'could not sweep; trying on'),
    });
    this.#lifecycle.onStop('the sweeper', () => sweeping.stop());
    return writer;
  }

  #startPushes(bus: Bus): EntryPushes {
    const reports = this.#startReports(bus);
    const pushes = new EntryPushes({
      bus,
      directory: this.#directory(bus),
      reports,
      onFailure: (error, failed) =>
        this.logger.warn({ err: error, failed }, 'could not push entries; gateways will read them'),
    });
    this.#lifecycle.onStop('entries being pushed', () => pushes.idle());
    return pushes;
  }

  #startReports(bus: Bus): HeadReports {
    const reports = new HeadReports(bus);
    const reporting = repeat(async () => reports.tell(), {
      everyMs: reportEveryMs,
      onFailure: (error) => this.logger.error({ err: error }, 'could not say how far conversations go'),
    });
    this.#lifecycle.onStop('how far conversations go', async () => {
      await reporting.stop();
      reports.tell({ last: true });
    });
    return reports;
  }

  async #sweep(sweeper: Sweeper): Promise<void> {
    const left = await sweeper.sweep();
    this.#metrics.setUnrelayed(left);
    if (left > 0) this.logger.info({ entries: left }, 'took up entries that were left behind');
  }

  #watchDrift(): void {
    const { stopping } = this.#lifecycle;
    const archives = createMongoArchives(this.#mongo.mongoose);
    const watching = repeat(async () => this.#metrics.setDrift(await countDrift(archives, stopping)), {
      everyMs: countDriftEveryMs,
      delayMs: countDriftEveryMs,
      onFailure: (error) => {
        if (!stopping.aborted) this.logger.warn({ err: error }, 'could not compare projections; trying on');
      },
    });
    this.#lifecycle.onStop('the look for drift', () => watching.stop());
  }

  #directory(bus: Bus): ProjectedUserDirectory {
    return new ProjectedUserDirectory(this.#profiles, requestProfiles(bus), this.#visibleTo());
  }

  #visibleTo(): VisibleTo {
    if (this.#config.DIRECTORY === 'everyone') return everyoneVisible;
    const acquaintances = new Acquaintances(this.#projections);
    return (viewerId, ids) => acquaintances.among(viewerId, ids);
  }

  async #followEpoch(): Promise<FollowedEpoch> {
    const epoch = await FollowedEpoch.follow(this.#epochs);
    const refresh = async () => {
      if (await epoch.refresh())
        this.logger.warn({ epoch: epoch.current }, 'another epoch of the logs began');
    };
    const following = repeat(refresh, {
      everyMs: followEpochEveryMs,
      delayMs: followEpochEveryMs,
      onFailure: (error) =>
        this.logger.warn({ err: error }, 'could not look for the epoch of the logs; trying on'),
    });
    this.#lifecycle.onStop('the epoch of the logs', () => following.stop());
    return epoch;
  }

  async #serve(bus: Bus, { writer, following, epoch, webhooks }: Served): Promise<void> {
    const [projections, blocks] = [this.#projections, this.#blocks];
    const directory = this.#directory(bus);
    const contacts = new Contacts(blocks, this.#profiles);
    const handlers = createHandlers({
      ...createActivityServices(bus, { projections, directory, blocks }, this.logger),
      isRefused: (memberIds) => contacts.areRefused(memberIds),
      log: this.#log,
      projections,
      changes: this.#changes,
      cursorKeys: this.#cursorKeys,
      directory,
      blocks,
      search: this.#search,
      behind: () => following.behind(),
      epoch: () => epoch.current,
      maxMembers: this.#config.GROUP_MAX_MEMBERS,
      writer,
    });
    const serving = await bus.serve([...handlers, ...webhooks.handlers], {
      service: name,
      version,
      maxInFlight,
      absenceOf: databaseAbsence,
    });
    this.#lifecycle.onStop(
      () => `requests being handled: ${serving.inFlight}`,
      () => serving.stop(),
    );
  }
}
