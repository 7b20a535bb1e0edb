import {
  type BucketDefinition,
  type EventDefinition,
  NatterError,
  type Operation,
  type PayloadOf,
  type PushDefinition,
  type PushedBy,
  type RequestOf,
  type ResponseOf,
  type ServiceName,
  type ValueOf,
} from '@natter/contracts';
import { headers } from 'nats';
import type { BusLogger } from './bus-logger.ts';
import type { BusObserver } from './bus-observer.ts';
import type { CallContext } from './call-context.ts';
import type { Connection } from './connection/connection.ts';
import { type Consuming, EventConsumer } from './events/event-consumer.ts';
import { MessageHandler, type MessageHandlerOptions } from './events/message-handler.ts';
import { Publisher } from './events/publisher.ts';
import { streamName } from './events/streams.ts';
import { JetStreamKeyValue } from './key-value/jetstream-key-value.ts';
import type { WatchedKeyValue } from './key-value/key-value.ts';
import { reconcileBucket } from './key-value/reconcile-bucket.ts';
import { buckets } from './permissions/definitions.ts';
import { AddressListener, type AddressListenerOptions } from './push/address-listener.ts';
import { type Listening, type ListenOptions, listen } from './push/listener.ts';
import { Caller, type CallerOptions } from './rpc/caller.ts';
import type { Handler } from './rpc/handler.ts';
import { type ServeOptions, type Serving, serve } from './rpc/serve.ts';
import { eventSubject, pushSubject } from './subject.ts';
import { withTrace } from './tracing/trace-headers.ts';

export interface ConsumeOptions<E extends EventDefinition> extends MessageHandlerOptions<E> {
  /**
   * The name under which NATS remembers how far this event was consumed: one for each event. Replicas that
   * share it share the events.
   */
  durable: string;
}

/** One process's way to the others. */
export class Bus {
  readonly #connection: Connection;
  readonly #prefix: string;
  readonly #logger: BusLogger;
  readonly #observer: BusObserver;
  readonly #caller: Caller;
  readonly #publisher: Publisher;
  readonly #streamReplicas: number | undefined;

  constructor(connection: Connection, options: CallerOptions & { streamReplicas?: number | undefined }) {
    this.#connection = connection;
    this.#prefix = options.prefix;
    this.#logger = options.logger;
    this.#observer = options.observer;
    this.#caller = new Caller(connection, options);
    this.#streamReplicas = options.streamReplicas;
    this.#publisher = new Publisher(connection, { prefix: options.prefix, replicas: options.streamReplicas });
  }

  /** Whether NATS is there just now. */
  get connected(): boolean {
    return this.#connection.connected;
  }

  /** Whether the connection is closed for good: only a new process helps. */
  get closed(): boolean {
    return this.#connection.closed;
  }

  /**
   * Asks the operation's service and gives its answer, at the latest when the context's deadline is over.
   * Repeats by itself where nothing ran, or where the operation is repeatable.
   *
   * Throws `NatterError` only: what the service answered; `service_unavailable` or `overloaded` where nothing
   * was done; `outcome_unknown` where a write may have been.
   */
  call<O extends Operation>(
    operation: O,
    request: RequestOf<O>,
    context: CallContext,
  ): Promise<ResponseOf<O>> {
    return this.#caller.call(operation, request, context);
  }

  /**
   * Serves operations of one service on the queue group of that service; resolves when NATS knows. A service
   * owns the stream of its events, so that is made, or made what it should be, at the same time.
   */
  async serve(handlers: readonly Handler[], options: ServeOptions): Promise<Serving> {
    const surroundings = {
      connection: this.#connection,
      prefix: this.#prefix,
      logger: this.#logger,
      observer: this.#observer,
    };
    const [serving] = await Promise.all([
      serve(handlers, options, surroundings),
      this.#publisher.reconcile(options.service).catch((error: unknown) => {
        this.#logger.warn({ err: error, service: options.service }, 'no stream for events yet');
      }),
    ]);
    return serving;
  }

  /**
   * Resolves when JetStream has stored the event, or had stored one with this id in the last two minutes.
   * Throws `NatterError` `service_unavailable` where that is not known: repeat with the same id.
   * A payload that doesn't fit the event's schema is a `ZodError`.
   */
  publish<E extends EventDefinition>(
    event: E,
    payload: PayloadOf<E>,
    options: { id: string },
  ): Promise<void> {
    return this.#publisher.publish(event, payload, options.id);
  }

  /**
   * Consumes one event after the other, each at least once, and out of order where one had to be repeated.
   * Resolves at once: a stream that doesn't exist yet is waited for. What `handle` fails five times, or what
   * doesn't fit the event's schema, goes to `deadLetter`.
   */
  async consume<E extends EventDefinition>(event: E, options: ConsumeOptions<E>): Promise<Consuming> {
    const durable = {
      stream: streamName(this.#prefix, event.service),
      durable: options.durable,
      subject: eventSubject(this.#prefix, event),
    };
    const handler = new MessageHandler(event, options as MessageHandlerOptions, this.#logger);
    const [logger, observer] = [this.#logger, this.#observer];
    return new EventConsumer(this.#connection, { durable, handler, logger, observer });
  }

  /**
   * Tells every process that listens now, for that address where pushes of the kind have one. Resolves when NATS has it; throws `NatterError` `service_unavailable` where
   * that is not known. A payload that doesn't fit the push's schema is a `ZodError`.
   */
  async push<P extends PushDefinition>(
    push: P,
    payload: PushedBy<P>,
    { address }: { address?: string } = {},
  ): Promise<void> {
    const body = JSON.stringify(push.schema.parse(payload));
    const subject = pushSubject(this.#prefix, push, address);
    const { nats } = this.#connection;
    try {
      await this.#connection.use(async () => {
        nats.publish(subject, body, { headers: withTrace(headers()) });
        await nats.flush();
      });
    } catch (cause) {
      throw new NatterError('service_unavailable', { retryAfter: 1, cause });
    }
  }

  /**
   * The same for what may be lost: waits for nothing, and costs next to nothing.
   *
   * @returns false where NATS is away just now, and so nobody is told.
   */
  hint<P extends PushDefinition>(
    push: P,
    payload: PushedBy<P>,
    { address }: { address?: string } = {},
  ): boolean {
    if (!this.#connection.connected) return false;
    const subject = pushSubject(this.#prefix, push, address);
    this.#connection.nats.publish(subject, JSON.stringify(push.schema.parse(payload)));
    return true;
  }

  /** Listens at as many addresses as are added, until it is stopped. */
  listenByAddress<P extends PushDefinition>(push: P, options: AddressListenerOptions<P>): AddressListener<P> {
    const surroundings = { connection: this.#connection, prefix: this.#prefix, logger: this.#logger };
    return new AddressListener(push, options, surroundings);
  }

  /** Listens until it is stopped, or the bus closed; resolves when NATS knows. */
  listen<P extends PushDefinition>(push: P, options: ListenOptions<P>): Promise<Listening> {
    const surroundings = { connection: this.#connection, prefix: this.#prefix, logger: this.#logger };
    return listen(push, options, surroundings);
  }

  /**
   * Makes the buckets that a service keeps, or makes them what they should be. Call it again and again: where NATS has
   * lost its disk, nobody else makes them anew.
   */
  async keepBuckets(service: ServiceName): Promise<void> {
    const settings = { prefix: this.#prefix, replicas: this.#streamReplicas };
    for (const definition of buckets.filter(({ keeper }) => keeper === service)) {
      await this.#connection.use(() => reconcileBucket(this.#connection.nats, settings, definition));
    }
  }

  /** The values of a bucket, which another process keeps and which may not be there yet. */
  keyValue<B extends BucketDefinition>(definition: B): WatchedKeyValue<ValueOf<B>> {
    const surroundings = { prefix: this.#prefix, logger: this.#logger };
    return new JetStreamKeyValue(this.#connection, surroundings, definition);
  }

  /**
   * Flushes and closes, within 2 s whatever NATS does; call it after every `Serving` and `Consuming` was
   * stopped.
   */
  async close(): Promise<void> {
    this.#caller.stop();
    await this.#connection.close();
  }
}
