import { setTimeout as sleep } from 'node:timers/promises';
import mongoose, { type Connection, type ConnectOptions } from 'mongoose';
import { traceCommands } from './trace-commands.ts';
import { isUnavailable } from './write-errors.ts';

export interface MongoLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface MongoOptions {
  url: string;
  database: string;
  logger: MongoLogger;
  /**
   * Whether the driver repeats a write whose answer was lost. Off where the caller must learn what happened to
   * the first.
   */
  retryWrites: boolean;
  /** Whether commands show in the traces that they belong to. */
  traced?: boolean | undefined;
}

/** An operation fails when no server was found for this long: well inside a request's deadline. */
const serverSelectionTimeoutMS = 1_000;

/**
 * A server that says nothing for this long counts as gone, and so does whatever is under way there: as long as a
 * request may last. Shorter, a server that is only very busy would lose answers that were still of use.
 */
const silentForMs = 5_000;

/** How often a server that went away is looked for, also while nothing is asked of it. */
const lookEveryMs = 2_000;

const firstConnectionRetryMs = 500;

/** A first connection that fails is told of at once and then at most this often. */
const remindEveryMs = 30_000;

const refusedMessage = 'MongoDB refuses the credentials that it took before; trying on';

/** Unauthorized, and AuthenticationFailed. */
const refusedCodes = new Set<unknown>([13, 18]);

// For every connection of the process: set on one connection, mongoose heeds only the first.
mongoose.set({
  sanitizeFilter: true,
  strictQuery: 'throw',
  bufferCommands: false,
  autoIndex: false,
  autoCreate: false,
});

/**
 * A connection to one database. Writes are acknowledged by a majority and on disk; reads see only what a
 * majority has, so that nothing that was seen can be rolled back. Never mongoose's global connection: several
 * services may live in one process.
 */
export class MongoConnection {
  /** For defining models on; nothing may be asked of it before `open`. */
  readonly mongoose: Connection;
  readonly #options: MongoOptions;
  #closing = false;
  #refused = false;

  constructor(options: MongoOptions) {
    this.#options = options;
    this.mongoose = mongoose.createConnection();
  }

  /**
   * Connects, trying until it does.
   *
   * @throws when the URL is malformed, when the credentials are refused or lacking, and the reason of `signal` when it aborts.
   */
  async open(signal: AbortSignal): Promise<void> {
    checkUrl(this.#options.url);
    let remindAt = 0;
    for (;;) {
      signal.throwIfAborted();
      try {
        await this.mongoose.openUri(this.#options.url, this.#settings());
        await this.#checkAccess();
        if (this.#options.traced) traceCommands(this.mongoose.getClient());
        this.#watch();
        return;
      } catch (error) {
        if (isRefused(error)) throw refusalOf(error, this.#options.url);
        if (performance.now() >= remindAt) {
          this.#options.logger.warn({ err: error }, 'MongoDB is out of reach; trying on');
          remindAt = performance.now() + remindEveryMs;
        }
      }
      await sleep(firstConnectionRetryMs, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }

  /** Whether a server answers now. */
  async ping(): Promise<boolean> {
    if (this.mongoose.readyState !== mongoose.ConnectionStates.connected) return false;
    try {
      const answer = await this.mongoose.db?.command({ ping: 1 });
      this.#refused = false;
      return answer?.ok === 1;
    } catch (error) {
      if (isRefused(error)) this.#tellRefusal(error);
      else if (!isUnavailable(error)) throw error;
      return false;
    }
  }

  /** Once, for however long it goes on: who asks whether the service is ready asks again and again. */
  #tellRefusal(error: unknown): void {
    if (!this.#refused)
      this.#options.logger.warn({ err: refusalOf(error, this.#options.url) }, refusedMessage);
    this.#refused = true;
  }

  async close(): Promise<void> {
    this.#closing = true;
    await this.mongoose.close();
  }

  /** A server that asks for credentials lets anybody connect, and refuses what is asked then. */
  async #checkAccess(): Promise<void> {
    await this.mongoose.db?.command({ listCollections: 1, nameOnly: true, authorizedCollections: true });
  }

  /** Once it was open: a first connection that fails says so by itself. */
  #watch(): void {
    const { logger } = this.#options;
    // Without a listener a lost connection would end the process; the driver finds the server again by itself.
    this.mongoose.on('error', (error) => logger.warn({ err: error }, 'MongoDB connection error'));
    this.mongoose.on('disconnected', () => {
      if (!this.#closing) logger.warn({}, 'MongoDB is out of reach');
    });
    this.mongoose.on('reconnected', () => logger.info({}, 'MongoDB is back'));
  }

  #settings(): ConnectOptions {
    return {
      dbName: this.#options.database,
      retryWrites: this.#options.retryWrites,
      ...(this.#options.traced && { monitorCommands: true }),
      writeConcern: { w: 'majority', journal: true },
      readConcern: { level: 'majority' },
      serverSelectionTimeoutMS,
      heartbeatFrequencyMS: lookEveryMs,
      connectTimeoutMS: silentForMs,
      socketTimeoutMS: silentForMs,
    };
  }
}

/** A malformed URL never gets better; making a client, which connects to nothing yet, is what tells it. */
function checkUrl(url: string): void {
  void new mongoose.mongo.MongoClient(url);
}

function isRefused(error: unknown): boolean {
  return error instanceof mongoose.mongo.MongoServerError && refusedCodes.has(error.code);
}

/** In a sentence for the operator. */
function refusalOf(cause: unknown, url: string): Error {
  const user = new mongoose.mongo.MongoClient(url).options.credentials?.username;
  const whose = user === undefined ? 'none, and it asks for some' : `those of the user "${user}"`;
  return new Error(`MongoDB refused the credentials: ${whose}`, { cause });
}
