import { setTimeout } from 'node:timers/promises';
import { NatterError } from '@natter/contracts';
import type { ConsumerMessages, JsMsg } from 'nats';
import type { BusLogger } from '../bus-logger.ts';
import type { BusObserver } from '../bus-observer.ts';
import type { Connection } from '../connection/connection.ts';
import { isStreamNotFound } from '../connection/nats-error.ts';
import { jittered } from '../jitter.ts';
import { inProcessSpan } from '../tracing/spans.ts';
import { countUnsettled, type DurableOptions, openDurable } from './durable.ts';
import type { MessageHandler } from './message-handler.ts';

/** Events being consumed. */
export interface Consuming {
  /**
   * How many of the events that were published are not handled yet, by whichever replica. Throws `NatterError`
   * `service_unavailable` where that is not known.
   */
  behind(): Promise<number>;
  /** Lets the event in hand finish; those that wait behind it go back to be delivered to another. */
  stop(): Promise<void>;
}

export interface EventConsumerOptions {
  durable: DurableOptions;
  handler: MessageHandler;
  logger: BusLogger;
  observer: BusObserver;
}

const reopenAfterMs = 500;

/** Consumes one event after the other: a stream that is missing is waited for, a consumer is made again. */
export class EventConsumer implements Consuming {
  readonly #connection: Connection;
  readonly #durable: DurableOptions;
  readonly #handler: MessageHandler;
  readonly #logger: BusLogger;
  readonly #observer: BusObserver;
  readonly #stopping = new AbortController();
  readonly #done: Promise<void>;
  #messages: ConsumerMessages | undefined;
  #complained = false;

  constructor(connection: Connection, { durable, handler, logger, observer }: EventConsumerOptions) {
    this.#connection = connection;
    this.#durable = durable;
    this.#handler = handler;
    this.#logger = logger;
    this.#observer = observer;
    this.#done = this.#consume();
    // Left alone, the client's heartbeat monitor outlives its connection and keeps the process alive.
    void connection.nats.closed().then(() => this.#interrupt());
    observer.consuming(durable.durable, () => this.behind());
  }

  async behind(): Promise<number> {
    try {
      return await this.#connection.use(() => countUnsettled(this.#connection, this.#durable));
    } catch (cause) {
      throw new NatterError('service_unavailable', { retryAfter: 1, cause });
    }
  }

  async stop(): Promise<void> {
    this.#interrupt();
    await this.#done;
    await this.#connection.flush();
  }

  #interrupt(): void {
    this.#stopping.abort();
    this.#messages?.stop();
  }

  async #consume(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await this.#consumeUntilItEnds().catch((error: unknown) => this.#complain(error));
      await this.#pause();
    }
  }

  async #consumeUntilItEnds(): Promise<void> {
    this.#messages = await this.#connection.use(() => openDurable(this.#connection, this.#durable));
    if (this.#stopping.signal.aborted) this.#messages.stop();
    this.#complained = false;
    for await (const message of this.#messages) {
      if (this.#stopping.signal.aborted) message.nak();
      else await this.#receive(message);
    }
  }

  async #receive(message: JsMsg): Promise<void> {
    const receive = () => this.#handler.receive(message);
    this.#observer.settled(this.#durable.durable, await inProcessSpan(this.#handler.event, message, receive));
  }

  async #pause(): Promise<void> {
    const { signal } = this.#stopping;
    try {
      await setTimeout(jittered(reopenAfterMs), undefined, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** Once for each time that it can't be consumed, however often it is tried. */
  #complain(error: unknown): void {
    if (this.#complained) return;
    this.#complained = true;
    const { stream, durable: consumer } = this.#durable;
    if (isStreamNotFound(error))
      this.#logger.debug({ stream, consumer }, 'waiting for the stream of the events');
    else this.#logger.warn({ err: error, stream, consumer }, 'events interrupted, opening them again');
  }
}
