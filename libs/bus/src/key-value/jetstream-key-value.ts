import { type BucketDefinition, NatterError, type ValueOf } from '@natter/contracts';
import type { Connection } from '../connection/connection.ts';
import { isNoMessageFound, isTimeout, isWrongLastSequence } from '../connection/nats-error.ts';
import { tokenise } from '../subject.ts';
import { bucketStream, keySubject } from './bucket-names.ts';
import type { KeyValue } from './key-value.ts';

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
export class JetStreamKeyValue<B extends BucketDefinition> implements KeyValue<ValueOf<B>> {
  readonly #connection: Connection;
  readonly #stream: string;
  readonly #subjectOf: (key: string) => string;
  readonly #schema: B['value'];

  constructor(connection: Connection, prefix: string, definition: B) {
    this.#connection = connection;
    this.#stream = bucketStream(prefix, definition);
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

  async #read(subject: string): Promise<Stored<ValueOf<B>>> {
    return this.#ask(async () => {
      try {
        const { streams } = await this.#connection.nats.jetstreamManager({ checkAPI: false, timeout });
        const { data, seq } = await streams.getMessage(this.#stream, { last_by_subj: subject });
        return { value: this.#parse(data), revision: seq };
      } catch (error) {
        if (isNoMessageFound(error)) return { value: undefined, revision: 0 };
        throw error;
      }
    });
  }

  /** @returns false where somebody else was first. */
  async #write(subject: string, value: ValueOf<B>, revision: number): Promise<boolean> {
    return this.#ask(async () => {
      try {
        const expect = { streamName: this.#stream, lastSubjectSequence: revision };
        await this.#connection.nats.jetstream().publish(subject, JSON.stringify(value), { expect, timeout });
        return true;
      } catch (error) {
        if (isWrongLastSequence(error)) return false;
        throw error;
      }
    });
  }

  /** What an operator deleted is empty; what another version of Natter wrote may be of another shape. */
  #parse(data: Uint8Array): ValueOf<B> | undefined {
    return data.length === 0
      ? undefined
      : this.#schema.safeParse(JSON.parse(Buffer.from(data).toString())).data;
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
