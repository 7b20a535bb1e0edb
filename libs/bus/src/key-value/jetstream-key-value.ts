import { type BucketDefinition, NatterError, type ValueOf } from '@natter/contracts';
import { headers, type JetStreamPublishOptions, type MsgRequest, type PubAck } from 'nats';
import type { BusLogger } from '../bus-logger.ts';
import type { Connection } from '../connection/connection.ts';
import { isNoMessageFound, isTimeout, isWrongLastSequence } from '../connection/nats-error.ts';
import { tokenise } from '../subject.ts';
import { bucketStream, keySubject } from './bucket-names.ts';
import { BucketWatch, type StoredValue } from './bucket-watch.ts';
import type { WatchedKeyValue, WatchHandler, Watching } from './key-value.ts';

/** Milliseconds for one request; it is made twice at most, so that a request of a client is still answered in time. */
const timeout = 2_000;

/** How often others may come first. Each of them got through, so that it takes as many at once to fail. */
const mostTries = 256;

interface Stored<T> {
  value: T | undefined;
  /** 0 where there never was any. */
  revision: number;
}

/** Past the client's own key-value store: that one asks for more than it needs, and so would need more rights. */
export class JetStreamKeyValue<B extends BucketDefinition> implements WatchedKeyValue<ValueOf<B>> {
  readonly #connection: Connection;
  readonly #stream: string;
  readonly #everyKey: string;
  readonly #logger: BusLogger;
  readonly #subjectOf: (key: string) => string;
  readonly #schema: B['value'];

  constructor(
    connection: Connection,
    { prefix, logger }: { prefix: string; logger: BusLogger },
    definition: B,
  ) {
    this.#connection = connection;
    this.#logger = logger;
    this.#stream = bucketStream(prefix, definition);
    this.#everyKey = keySubject(prefix, definition, '*');
    this.#subjectOf = (key) => keySubject(prefix, definition, tokenise(key));
    this.#schema = definition.value;
  }

  async get(key: string): Promise<ValueOf<B> | undefined> {
    return (await this.#read(this.#subjectOf(key))).value;
  }

  async update(key: string, change: (current: ValueOf<B> | undefined) => ValueOf<B>): Promise<ValueOf<B>> {
    const subject = this.#subjectOf(key);
    for (let tries = 0; tries < mostTries; tries += 1) {
      const { value, revision } = await this.#read(subject);
      const changed = change(value);
      if (await this.#write(subject, changed, revision)) return changed;
    }
    throw new NatterError('overloaded', { retryAfter: 1 });
  }

  async put(key: string, value: ValueOf<B>): Promise<void> {
    const subject = this.#subjectOf(key);
    await this.#ask(() => this.#publish(subject, JSON.stringify(value)));
  }

  async delete(key: string): Promise<void> {
    const subject = this.#subjectOf(key);
    const deletion = headers();
    deletion.set('KV-Operation', 'DEL');
    await this.#ask(() => this.#publish(subject, '', { headers: deletion }));
  }

  watch(handle: WatchHandler<ValueOf<B>>): Watching {
    return new BucketWatch(this.#connection, {
      subject: this.#everyKey,
      handle: (key, data) => handle(key, this.#parse(data)),
      next: (place) => this.#next(place),
      logger: this.#logger,
    });
  }

  /** One request for each value: it needs no right but that to read one. */
  #next(place: number): Promise<StoredValue | undefined> {
    const query = { seq: place, next_by_subj: this.#everyKey };
    return this.#ask(() => this.#find(query));
  }

  async #find(query: MsgRequest): Promise<StoredValue | undefined> {
    try {
      const { streams } = await this.#connection.nats.jetstreamManager({ checkAPI: false, timeout });
      return await streams.getMessage(this.#stream, query);
    } catch (error) {
      if (isNoMessageFound(error)) return undefined;
      throw error;
    }
  }

  #publish(subject: string, body: string, options: Partial<JetStreamPublishOptions> = {}): Promise<PubAck> {
    return this.#connection.nats.jetstream().publish(subject, body, { ...options, timeout });
  }

  async #read(subject: string): Promise<Stored<ValueOf<B>>> {
    const stored = await this.#ask(() => this.#find({ last_by_subj: subject }));
    return { value: stored && this.#parse(stored.data), revision: stored?.seq ?? 0 };
  }

  /** @returns false where somebody else was first. */
  async #write(subject: string, value: ValueOf<B>, revision: number): Promise<boolean> {
    return this.#ask(async () => {
      try {
        const expect = { streamName: this.#stream, lastSubjectSequence: revision };
        await this.#publish(subject, JSON.stringify(value), { expect });
        return true;
      } catch (error) {
        if (isWrongLastSequence(error)) return false;
        throw error;
      }
    });
  }

  /** What an operator deleted is empty; what another version of Natter wrote may be of another shape. */
  #parse(data: Uint8Array): ValueOf<B> | undefined {
    if (data.length === 0) return undefined;
    try {
      return this.#schema.safeParse(JSON.parse(Buffer.from(data).toString())).data;
    } catch {
      return undefined;
    }
  }

  async #ask<R>(request: () => Promise<R>): Promise<R> {
    try {
      return await this.#connection.use(request).catch((error: unknown) => {
        if (isTimeout(error)) return this.#connection.use(request);
        throw error;
      });
    } catch (cause) {
      throw new NatterError('service_unavailable', { retryAfter: 1, cause });
    }
  }
}
