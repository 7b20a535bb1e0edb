import { type BucketDefinition, NatterError, type ValueOf } from '@natter/contracts';
import { headers, type JetStreamPublishOptions, type MsgRequest, type PubAck } from 'nats';
import type { BusLogger } from '../bus-logger.ts';
import type { Connection } from '../connection/connection.ts';
import { isNoMessageFound, isTimeout, isWrongLastSequence } from '../connection/nats-error.ts';
import { Deadline } from '../deadline.ts';
import { tokenise } from '../subject.ts';
import { bucketStream, keySubject } from './bucket-names.ts';
import { BucketWatch, type StoredValue } from './bucket-watch.ts';
import type { WatchedKeyValue, WatchHandler, Watching } from './key-value.ts';

/** Milliseconds for one request, which is made twice at most; a nearer deadline wins. */
const timeoutMs = 2_000;

/** For what no request of a client waits for: one request, and one more. */
const patience = () => Deadline.in(2 * timeoutMs);

/** How often others may come first. Each of them got through, so that it takes as many at once to fail. */
const mostTries = 256;

interface Stored<T> {
  value: T | undefined;
  /** 0 where there never was any. */
  revision: number;
}

interface Write<T> {
  subject: string;
  value: T;
  /** That it is to take the place of. */
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

  async get(key: string, deadline: Deadline): Promise<ValueOf<B> | undefined> {
    return (await this.#read(this.#subjectOf(key), deadline)).value;
  }

  async update(
    key: string,
    change: (current: ValueOf<B> | undefined) => ValueOf<B>,
    deadline: Deadline,
  ): Promise<ValueOf<B>> {
    const subject = this.#subjectOf(key);
    for (let tries = 0; tries < mostTries; tries += 1) {
      const { value, revision } = await this.#read(subject, deadline);
      const changed = change(value);
      if (await this.#write({ subject, value: changed, revision }, deadline)) return changed;
    }
    throw new NatterError('overloaded', { retryAfter: 1 });
  }

  async put(key: string, value: ValueOf<B>): Promise<void> {
    const subject = this.#subjectOf(key);
    await this.#ask(patience(), (timeout) => this.#publish(subject, JSON.stringify(value), { timeout }));
  }

  async delete(key: string): Promise<void> {
    const subject = this.#subjectOf(key);
    const deletion = headers();
    deletion.set('KV-Operation', 'DEL');
    await this.#ask(patience(), (timeout) => this.#publish(subject, '', { headers: deletion, timeout }));
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
    return this.#ask(patience(), (timeout) => this.#find(query, timeout));
  }

  async #find(query: MsgRequest, timeout: number): Promise<StoredValue | undefined> {
    try {
      const { streams } = await this.#connection.nats.jetstreamManager({ checkAPI: false, timeout });
      return await streams.getMessage(this.#stream, query);
    } catch (error) {
      if (isNoMessageFound(error)) return undefined;
      throw error;
    }
  }

  #publish(subject: string, body: string, options: Partial<JetStreamPublishOptions>): Promise<PubAck> {
    return this.#connection.nats.jetstream().publish(subject, body, options);
  }

  async #read(subject: string, deadline: Deadline): Promise<Stored<ValueOf<B>>> {
    const query = { last_by_subj: subject };
    const stored = await this.#ask(deadline, (timeout) => this.#find(query, timeout));
    return { value: stored && this.#parse(stored.data), revision: stored?.seq ?? 0 };
  }

  /** @returns false where somebody else was first. */
  async #write({ subject, value, revision }: Write<ValueOf<B>>, deadline: Deadline): Promise<boolean> {
    return this.#ask(deadline, async (timeout) => {
      try {
        const expect = { streamName: this.#stream, lastSubjectSequence: revision };
        await this.#publish(subject, JSON.stringify(value), { expect, timeout });
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

  async #ask<R>(deadline: Deadline, request: (timeout: number) => Promise<R>): Promise<R> {
    const attempt = () => {
      if (deadline.expired) throw new Error('the deadline is over');
      return this.#connection.use(() => request(Math.ceil(Math.min(timeoutMs, deadline.remainingMs()))));
    };
    try {
      return await attempt().catch((error: unknown) => {
        if (isTimeout(error)) return attempt();
        throw error;
      });
    } catch (cause) {
      throw new NatterError('service_unavailable', { retryAfter: 1, cause });
    }
  }
}
