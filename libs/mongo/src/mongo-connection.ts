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

/** How often a server that went away is looked for, also while nothing is asked of it. */
const lookEveryMs = 2_000;

const firstConnectionRetryMs = 500;

/** A first connection that fails is told of at once and then at most this often. */
const remindEveryMs = 30_000;

const authenticationFailed = 18;

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

  constructor(options: MongoOptions) {
    this.#options = options;
    this.mongoose = mongoose.createConnection();
  }

  /**
   * Connects, trying until it does.
   *
   * @throws when the URL is malformed, when the credentials are refused, and the reason of `signal` when it aborts.
   */
  async open(signal: AbortSignal): Promise<void> {
    checkUrl(this.#options.url);
    let remindAt = 0;
    for (;;) {
      signal.throwIfAborted();
      try {
        await this.mongoose.openUri(this.#options.url, this.#settings());
        if (this.#options.traced) traceCommands(this.mongoose.getClient());
        this.#watch();
        return;
      } catch (error) {
        if (isRefused(error)) throw error;
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
      return answer?.ok === 1;
    } catch (error) {
      if (isUnavailable(error)) return false;
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closing = true;
    await this.mongoose.close();
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
      monitorCommands: this.#options.traced ?? false,
      writeConcern: { w: 'majority', journal: true },
      readConcern: { level: 'majority' },
      serverSelectionTimeoutMS,
      heartbeatFrequencyMS: lookEveryMs,
      connectTimeoutMS: 2_000,
      socketTimeoutMS: 5_000,
    };
  }
}

/** A malformed URL never gets better; making a client, which connects to nothing yet, is what tells it. */
function checkUrl(url: string): void {
  void new mongoose.mongo.MongoClient(url);
}

function isRefused(error: unknown): boolean {
  const cause = error instanceof mongoose.mongo.MongoServerError ? error : undefined;
  return cause?.code === authenticationFailed;
}
