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

export interface StreamSettings {
  readonly prefix: string;
  /** How many servers of the NATS cluster have each event; undefined leaves it as it was set, which is one at first. */
  readonly replicas?: number | undefined;
}

function streamConfig({ prefix, replicas }: StreamSettings, service: ServiceName) {
  return {
    name: streamName(prefix, service),
    subjects: [eventSubjects(prefix, service)],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    max_age: nanos(maxAgeMs[service]),
    duplicate_window: nanos(duplicateWindowMs),
    ...(replicas !== undefined && { num_replicas: replicas }),
  } satisfies Partial<StreamConfig>;
}

/**
 * Makes the stream, or makes it what the table and the settings say. What they don't name stays as it was set.
 */
export async function reconcileStream(
  jetstream: JetStreamManager,
  settings: StreamSettings,
  service: ServiceName,
): Promise<void> {
  const config = streamConfig(settings, service);
  try {
    await jetstream.streams.add(config);
  } catch (error) {
    if (!isStreamNameTaken(error)) throw error;
    await jetstream.streams.update(config.name, config);
  }
}
