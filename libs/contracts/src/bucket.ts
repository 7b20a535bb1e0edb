import type { z } from 'zod';
import type { CallerName, ServiceName } from './operation.ts';

/** Values that the processes of a service share, by key, in a bucket of NATS (JetStream's key-value store). */
export interface BucketDefinition<S extends z.ZodType = z.ZodType> {
  /** Kebab-case. */
  readonly bucket: string;
  /** Who makes the bucket. */
  readonly keeper: ServiceName;
  /** Who reads and writes it; nobody else may. */
  readonly usedBy: readonly CallerName[];
  /** Whether they follow all of its values, too. */
  readonly watched?: true;
  readonly value: S;
  /** For how long a value is kept after it was written, in milliseconds. */
  readonly keepMs: number;
  /** How many values are kept; the oldest goes first. */
  readonly keepMost: number;
}

export type ValueOf<B extends BucketDefinition> = z.output<B['value']>;

export function defineBucket<S extends z.ZodType>(definition: BucketDefinition<S>): BucketDefinition<S> {
  return definition;
}
