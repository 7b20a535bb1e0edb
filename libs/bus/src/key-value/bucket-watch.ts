import { setTimeout } from 'node:timers/promises';
import type { Msg, Subscription } from 'nats';
import type { BusLogger } from '../bus-logger.ts';
import type { Connection } from '../connection/connection.ts';
import type { Watching } from './key-value.ts';

const readAgainAfterMs = 1_000;

/** So many failures in a row are what a start looks like, or a restart. */
const expectedFailures = 20;

/** Of a wait that lasts, one line a minute is enough. */
const toldFailures = 60;

export interface BucketWatchOptions {
  /** Of every key. */
  subject: string;
  handle: (key: string, data: Uint8Array) => void;
  /** What the bucket has next at a place or after it; undefined where there is nothing more. */
  next: (place: number) => Promise<StoredValue | undefined>;
  logger: BusLogger;
}

export interface StoredValue {
  subject: string;
  data: Uint8Array;
  /** Where it is in the bucket. */
  seq: number;
}

/**
 * Hears what is written, which takes no consumer at NATS that could be lost, and reads once what had been written
 * before. What is heard meanwhile is newer than what is read.
 */
export class BucketWatch implements Watching {
  readonly read: Promise<void>;
  readonly #connection: Connection;
  readonly #options: BucketWatchOptions;
  readonly #subscription: Subscription;
  readonly #forget: () => void;
  readonly #firstRead = Promise.withResolvers<void>();
  #heard: Set<string> | undefined;
  #reading = new AbortController();

  constructor(connection: Connection, options: BucketWatchOptions) {
    this.#connection = connection;
    this.#options = options;
    this.read = this.#firstRead.promise;
    this.#subscription = connection.nats.subscribe(options.subject, {
      callback: (error, message) => {
        if (error === null) this.#hear(message);
      },
    });
    this.#forget = connection.onRegained(() => this.#readAnew());
    this.#readAnew();
  }

  stop(): void {
    this.#forget();
    this.#reading.abort();
    this.#subscription.unsubscribe();
  }

  #hear({ subject, data }: Msg): void {
    this.#heard?.add(subject);
    this.#tell(subject, data);
  }

  #tell(subject: string, data: Uint8Array): void {
    this.#options.handle(subject.slice(subject.lastIndexOf('.') + 1), data);
  }

  #readAnew(): void {
    this.#reading.abort();
    this.#reading = new AbortController();
    void this.#readUntilDone(this.#reading.signal);
  }

  async #readUntilDone(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted && !this.#connection.closed; ) {
      try {
        await this.#readAll(signal);
        if (!signal.aborted) this.#firstRead.resolve();
        return;
      } catch (error) {
        failures += 1;
        if (failures === expectedFailures || failures % toldFailures === 0) {
          this.#options.logger.warn({ err: error }, 'could not read a bucket; trying on');
        }
      }
      await setTimeout(readAgainAfterMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async #readAll(signal: AbortSignal): Promise<void> {
    const heard = new Set<string>();
    this.#heard = heard;
    await this.#connection.use(() => this.#connection.nats.flush());
    for (let place = 1; !signal.aborted; ) {
      const stored = await this.#options.next(place);
      if (stored === undefined) break;
      if (!signal.aborted && !heard.has(stored.subject)) this.#tell(stored.subject, stored.data);
      place = stored.seq + 1;
    }
    if (this.#heard === heard) this.#heard = undefined;
  }
}
