import type { BucketDefinition } from '@natter/contracts';
import {
  DiscardPolicy,
  type NatsConnection,
  nanos,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from 'nats';
import { isStreamNameTaken } from '../connection/nats-error.ts';
import type { StreamSettings } from '../events/streams.ts';
import { bucketStream, keySubject } from './bucket-names.ts';

function bucketConfig({ prefix, replicas }: StreamSettings, definition: BucketDefinition) {
  return {
    name: bucketStream(prefix, definition),
    subjects: [keySubject(prefix, definition, '>')],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    max_msgs_per_subject: 1,
    max_msgs: definition.keepMost,
    max_age: nanos(definition.keepMs),
    // What is full must not refuse, or whoever fills it shuts out everybody.
    discard: DiscardPolicy.Old,
    // Every read asks the leader: who compares and sets on an old value only loses.
    allow_direct: false,
    allow_rollup_hdrs: true,
    ...(replicas !== undefined && { num_replicas: replicas }),
  } satisfies Partial<StreamConfig>;
}

/** Makes the bucket, or makes it what the definition and the settings say; made by hand, for those need exact rights. */
export async function reconcileBucket(
  nats: NatsConnection,
  settings: StreamSettings,
  definition: BucketDefinition,
): Promise<void> {
  const { streams } = await nats.jetstreamManager({ checkAPI: false });
  const config = bucketConfig(settings, definition);
  try {
    await streams.add(config);
  } catch (error) {
    if (!isStreamNameTaken(error)) throw error;
    await streams.update(config.name, config);
  }
}
