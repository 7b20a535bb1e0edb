import type { ServiceName } from '@natter/contracts';
import {
  DiscardPolicy,
  type JetStreamManager,
  nanos,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from 'nats';
import { isStreamNameTaken } from '../connection/nats-error.ts';
import { eventSubjects } from '../subject.ts';

const dayMs = 24 * 60 * 60 * 1_000;

/**
 * How long a service's events are kept, in milliseconds: longer than the longest outage of who consumes them.
 */
const maxAgeMs: Record<ServiceName, number> = {
  users: 7 * dayMs,
  messaging: 3 * dayMs,
};

/** Within this many milliseconds an event with the same id is stored once. */
const duplicateWindowMs = 2 * 60 * 1_000;

export function streamName(prefix: string, service: ServiceName): string {
  return `${prefix}_${service}`;
}

function streamConfig(prefix: string, service: ServiceName) {
  return {
    name: streamName(prefix, service),
    subjects: [eventSubjects(prefix, service)],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    max_age: nanos(maxAgeMs[service]),
    duplicate_window: nanos(duplicateWindowMs),
  } satisfies Partial<StreamConfig>;
}

/**
 * Makes the stream, or makes it what the table says. What the table doesn't name, as replicas, stays as it
 * was set.
 */
export async function reconcileStream(
  jetstream: JetStreamManager,
  prefix: string,
  service: ServiceName,
): Promise<void> {
  const config = streamConfig(prefix, service);
  try {
    await jetstream.streams.add(config);
  } catch (error) {
    if (!isStreamNameTaken(error)) throw error;
    await jetstream.streams.update(config.name, config);
  }
}
