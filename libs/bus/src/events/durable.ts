import { AckPolicy, type ConsumerAPI, type ConsumerMessages, DeliverPolicy, nanos } from 'nats';
import type { Connection } from '../connection/connection.ts';
import { isConsumerNameTaken, isConsumerNotFound, isStreamNotFound } from '../connection/nats-error.ts';

/** Milliseconds after which a message that was neither acknowledged nor refused is given to another. */
const ackWaitMs = 30_000;

/**
 * Few, because what one process holds no other can have, and the last of them must be reached within
 * `ackWaitMs`.
 */
const prefetched = 8;

/** Messages of one durable that are being handled, or wait for their redelivery. */
const maxAckPending = 32;

/** A pull request's life in milliseconds; after half of it a consumer that vanished unheard is missed. */
const pullExpiresMs = 5_000;

/** Within a request's deadline. */
const countWithinMs = 2_000;

export interface DurableOptions {
  stream: string;
  durable: string;
  subject: string;
}

/** Opens the messages of a durable consumer. They end with an error when it or its stream is deleted. */
export async function openDurable({ nats }: Connection, options: DurableOptions): Promise<ConsumerMessages> {
  const { stream, durable } = options;
  const { consumers } = await nats.jetstreamManager({ checkAPI: false });
  await reconcileDurable(consumers, options);
  const consumer = await nats.jetstream().consumers.get(stream, durable);
  return consumer.consume({
    max_messages: prefetched,
    expires: pullExpiresMs,
    abort_on_missing_resource: true,
  });
}

/**
 * Makes the durable, or makes it what it should be. How often a message is delivered is bounded by who
 * handles it (`redelivery.ts`) and not by the server, which would drop a message whose dead letter could not
 * be kept.
 */
async function reconcileDurable(
  consumers: ConsumerAPI,
  { stream, durable, subject }: DurableOptions,
): Promise<void> {
  const config = {
    durable_name: durable,
    filter_subject: subject,
    deliver_policy: DeliverPolicy.All,
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(ackWaitMs),
    max_ack_pending: maxAckPending,
    max_deliver: -1,
  };
  try {
    await consumers.add(stream, config);
  } catch (error) {
    if (!isConsumerNameTaken(error)) throw error;
    await consumers.update(stream, durable, config);
  }
}

/** How many events were published that no replica has settled: those that wait and those in hand. */
export async function countUnsettled(
  { nats }: Connection,
  { stream, durable, subject }: DurableOptions,
): Promise<number> {
  const { consumers, streams } = await nats.jetstreamManager({ checkAPI: false, timeout: countWithinMs });
  try {
    const { num_pending, num_ack_pending } = await consumers.info(stream, durable);
    return num_pending + num_ack_pending;
  } catch (error) {
    if (isStreamNotFound(error)) return 0;
    if (!isConsumerNotFound(error)) throw error;
    // Where it is not made yet, all of them are still to come.
    const { state } = await streams.info(stream, { subjects_filter: subject });
    return state.subjects?.[subject] ?? 0;
  }
}
