import type { BucketDefinition } from '@natter/contracts';

/** As `nats kv` knows it. */
function bucketName(prefix: string, { bucket }: BucketDefinition): string {
  return `${prefix}_${bucket}`;
}

/** The stream that holds the bucket, by NATS's own convention (ADR-8). */
export function bucketStream(prefix: string, definition: BucketDefinition): string {
  return `KV_${bucketName(prefix, definition)}`;
}

export function keySubject(prefix: string, definition: BucketDefinition, key: string): string {
  return `$KV.${bucketName(prefix, definition)}.${key}`;
}
