import { type BucketDefinition, NatterError, type ValueOf } from '@natter/contracts';
import type { Connection } from '../connection/connection.ts';
import { isNoMessageFound, isTimeout, isWrongLastSequence } from '../connection/nats-error.ts';
import type { Deadline } from '../deadline.ts';
import { tokenise } from '../subject.ts';
import { bucketStream, keySubject } from './bucket-names.ts';
import type { KeyValue } from './key-value.ts';

/** Milliseconds for one request, which is made twice at most; a nearer deadline wins. */
const timeoutMs = 2_000;

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

  async #read(subject: string, deadline: Deadline): Promise<Stored<ValueOf<B>>> {
    return this.#ask(deadline, async (timeout) => {
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
  async #write({ subject, value, revision }: Write<ValueOf<B>>, deadline: Deadline): Promise<boolean> {
    return this.#ask(deadline, async (timeout) => {
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
