import { type EventDefinition, NatterError, type ServiceName } from '@natter/contracts';
import { headers, type JetStreamClient } from 'nats';
import type { Connection } from '../connection/connection.ts';
import { isNoResponders } from '../connection/nats-error.ts';
import { eventSubject } from '../subject.ts';
import { inPublishSpan } from '../tracing/spans.ts';
import { withTrace } from '../tracing/trace-headers.ts';
import { reconcileStream, type StreamSettings } from './streams.ts';

/** Publishes to streams that it makes itself where they are missing. */
export class Publisher {
  readonly #connection: Connection;
  readonly #streams: StreamSettings;
  readonly #jetstream: JetStreamClient;
  readonly #reconciled = new Map<ServiceName, Promise<void>>();

  constructor(connection: Connection, streams: StreamSettings) {
    this.#connection = connection;
    this.#streams = streams;
    this.#jetstream = connection.nats.jetstream();
  }

  /**
   * Resolves when the stream has stored the event, or had stored its id before; else throws
   * `service_unavailable`.
   */
  async publish(event: EventDefinition, payload: unknown, id: string): Promise<void> {
    const subject = eventSubject(this.#streams.prefix, event);
    const body = JSON.stringify(event.schema.parse(payload));
    await inPublishSpan(event, subject, () => this.#publish(event, { subject, body, id }));
  }

  async #publish(
    event: EventDefinition,
    { subject, body, id }: { subject: string; body: string; id: string },
  ): Promise<void> {
    try {
      await this.reconcile(event.service);
      const options = { msgID: id, headers: withTrace(headers()) };
      await this.#connection.use(() => this.#jetstream.publish(subject, body, options));
    } catch (cause) {
      // The stream was deleted: whoever repeats this makes it again.
      if (isNoResponders(cause)) this.#reconciled.delete(event.service);
      throw new NatterError('service_unavailable', { retryAfter: 1, cause });
    }
  }

  /** Makes the service's stream what the table says, once. */
  reconcile(service: ServiceName): Promise<void> {
    const known = this.#reconciled.get(service);
    if (known) return known;
    const made = this.#reconcileNow(service);
    this.#reconciled.set(service, made);
    made.catch(() => this.#reconciled.delete(service));
    return made;
  }

  #reconcileNow(service: ServiceName): Promise<void> {
    return this.#connection.use(async () =>
      reconcileStream(
        await this.#connection.nats.jetstreamManager({ checkAPI: false }),
        this.#streams,
        service,
      ),
    );
  }
}
