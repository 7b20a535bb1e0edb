import { availableParallelism } from 'node:os';
import { type Bus, connectBus } from '@natter/bus';
import { credentialsChanged } from '@natter/contracts';
import { databaseAbsence, ensureIndexes, MongoConnection } from '@natter/mongo';
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
import { AuditRecorder } from './audit/audit-recorder.ts';
import { recordChangedKeys } from './audit/record-changed-keys.ts';
import { recordWithUsernames } from './audit/record-with-usernames.ts';
import { requestAcquaintances } from './clients/request-acquaintances.ts';
import type { UsersConfig } from './config.ts';
import { createEndAllSessions, type EndAllSessions } from './domain/end-all-sessions.ts';
import type { TellEnded } from './domain/end-session.ts';
import type { Passwords } from './domain/passwords.ts';
import { resealSecondFactors } from './domain/reseal-second-factors.ts';
import type { TimeCodes } from './domain/second-factor.ts';
import type { Storage } from './domain/storage.ts';
import { createVisibility } from './domain/visibility.ts';
import { publishProfile } from './events/publish-profile.ts';
import { pushEndedSessions } from './events/push-ended-sessions.ts';
import { Relay } from './events/relay.ts';
import { Sweeper } from './events/sweeper.ts';
import { createHandlers } from './handlers/create-handlers.ts';
import { measuredOutbox } from './measured-outbox.ts';
import { createArgon2Passwords } from './passwords/argon2-passwords.ts';
import { HashingQueue } from './passwords/hashing-queue.ts';
import { SecretSeal } from './second-factor/secret-seal.ts';
import { createTotpCodes } from './second-factor/totp-codes.ts';
import { fillSkeletons } from './storage/fill-skeletons.ts';
import { createMongoStorage } from './storage/mongo-storage.ts';
import { createJwtAccessTokens } from './tokens/jwt-access-tokens.ts';
import { publishSigningKeys, type SigningKeys } from './tokens/signing-keys.ts';

const name = 'users';

const { version } = manifest;

const maxInFlight = 256;

const sweepEveryMs = 2_000;

/** What could not be kept is tried again. */
const flushAuditEveryMs = 2_000;

/** Milliseconds; so long after NATS has lost its disk are there no logins. */
const keepBucketsEveryMs = 15_000;

/** Hashes take threads of libuv's four, and the rest of the process needs some, too: to find a name, to read a file. */
const hashesAtOnce = Math.min(2, availableParallelism());

const hashesWaiting = 32;

/** Who waits for so long is refused, so that there is an answer before the caller gives up (4 s). */
const hashWaitMs = 3_000;

const dayMs = 24 * 60 * 60 * 1_000;

const now = () => new Date();

/** What serving takes of what has been made before. */
interface Served {
  relay: Relay;
  endAll: EndAllSessions;
  tellEnded: TellEnded;
}

/** Accounts, passwords, sessions, signing keys and the directory, served over NATS. */
export class UsersService implements Service {
  readonly name = name;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly #config: UsersConfig;
  readonly #keys: SigningKeys;
  readonly #timeCodes: TimeCodes;
  readonly #passwords: Passwords;
  readonly #mongo: MongoConnection;
  readonly #storage: Storage;
  readonly #audit: AuditRecorder;
  readonly #lifecycle: Lifecycle;
  #bus: Bus | undefined;
  #indexed = false;

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
    this.#watchHealth();
    this.#keys = keys;
    this.#timeCodes = this.#createTimeCodes();
    this.#passwords = passwords;
    this.#mongo = new MongoConnection({
      url: config.MONGODB_URL,
      database: config.MONGODB_DATABASE,
      logger: this.logger,
      // Repeated by the driver, a registration could find that its own name is taken.
      retryWrites: false,
      traced: config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
    });
    this.#storage = createMongoStorage(this.#mongo.mongoose);
    const { audit: log } = this.#storage;
    this.#audit = new AuditRecorder({ log, keepDays: config.AUDIT_DAYS, logger: this.logger });
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
    await this.#fillSkeletons();
    await resealSecondFactors(this.#storage.accounts, this.#timeCodes);
    this.#indexed = true;
    await this.#startAudit();
    await this.#keepBuckets(bus);
    const tellEnded: TellEnded = (userId, ended) => pushEndedSessions(bus, userId, ended);
    const endAll = createEndAllSessions(this.#storage.sessions, {
      ended: tellEnded,
      credentialsChanged: (userId) => bus.push(credentialsChanged, { userId }),
    });
    const relay = this.#startRelay(bus, endAll);
    await this.#serve(bus, { relay, endAll, tellEnded });
    this.logger.info({ adminUrl: this.adminUrl }, 'ready');
  }

  async #fillSkeletons(): Promise<void> {
    const alike = await fillSkeletons(this.#mongo.mongoose);
    if (alike.length > 0) this.logger.warn({ usernames: alike }, 'there are usernames that look like others');
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

  #startRelay(bus: Bus, endAll: EndAllSessions): Relay {
    const outbox = measuredOutbox(this.#storage.outbox, this.metrics);
    const relay = new Relay({
      outbox,
      publish: (profile) => publishProfile(bus, profile),
      onFailure: (error, { id }) =>
        this.logger.warn({ err: error, userId: id }, 'could not publish a user; the sweeper will'),
    });
    this.#lifecycle.onStop('events being published', () => relay.idle());
    const { accounts } = this.#storage;
    const sweeper = new Sweeper({
      outbox,
      // Who left the mark may not have come to ending the sessions.
      send: async (profile) => {
        const account = await accounts.findById(profile.id);
        if (account) await endAll(account, now());
        await relay.send(profile);
      },
    });
    const sweeping = repeat(() => sweeper.sweep(), {
      everyMs: sweepEveryMs,
      onFailure: (error) => this.logger.warn({ err: error }, 'could not sweep; trying on'),
    });
    this.#lifecycle.onStop('the sweeper', () => sweeping.stop());
    return relay;
  }

  async #startAudit(): Promise<void> {
    const flushing = repeat(() => this.#audit.flush(), {
      everyMs: flushAuditEveryMs,
      onFailure: (error) => this.logger.warn({ err: error }, 'could not keep audit entries; trying on'),
    });
    this.#lifecycle.onStop('audit entries being kept', async () => {
      await flushing.stop();
      await this.#audit.flush();
    });
    const kids = this.#keys.map(({ published }) => published.kid);
    await recordChangedKeys(this.#storage.audit, kids, this.#audit.record);
  }

  /** Resolves when they are there, if JetStream is. */
  async #keepBuckets(bus: Bus): Promise<void> {
    const keep = () => bus.keepBuckets(name);
    const onFailure = (error: unknown) =>
      this.logger.warn({ err: error }, 'could not make the buckets in NATS; trying on');
    await keep().catch(onFailure);
    const keeping = repeat(keep, { everyMs: keepBucketsEveryMs, delayMs: keepBucketsEveryMs, onFailure });
    this.#lifecycle.onStop('the buckets', () => keeping.stop());
  }

  async #serve(bus: Bus, { relay, endAll, tellEnded }: Served): Promise<void> {
    const handlers = createHandlers({
      storage: this.#storage,
      passwords: this.#passwords,
      timeCodes: this.#timeCodes,
      ...this.#sessionSettings(),
      signingKeys: this.#keys.map((key) => key.published),
      visibility: createVisibility(this.#config.DIRECTORY, requestAcquaintances(bus)),
      registration: this.#config.REGISTRATION,
      endAll,
      tellEnded,
      announce: (profile) => relay.announce(profile),
      record: recordWithUsernames(this.#audit.record, this.#storage.directory),
      now,
    });
    const serving = await bus.serve(handlers, {
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

  #sessionSettings() {
    const { JWT_ISSUER: issuer, JWT_AUDIENCE: audience } = this.#config;
    const {
      ACCESS_TOKEN_SECONDS: lifetimeSeconds,
      SESSION_IDLE_DAYS: idleDays,
      SESSION_MAX_DAYS: mostDays,
    } = this.#config;
    return {
      accessTokens: createJwtAccessTokens(this.#keys[0], { issuer, audience, lifetimeSeconds }),
      lifetimes: {
        accessTokenMs: lifetimeSeconds * 1_000,
        idleMs: idleDays * dayMs,
        mostMs: mostDays * dayMs,
      },
    };
  }
}
