import { nativeCollection } from '@natter/mongo';
import type { Model, mongo } from 'mongoose';
import { inParts } from './in-parts.ts';

const keysAtOnce = 1_000;

/** The ids of a collection's documents, in order; with an owner those that are `<owner>:` and more. */
export async function* keysOf<T extends mongo.Document & { _id: string }>(
  model: Model<T>,
  owner?: string,
): AsyncGenerator<string[]> {
  const filter = owner === undefined ? {} : { _id: { $gt: `${owner}:`, $lt: `${owner};` } };
  const keys = nativeCollection(model)
    .find(filter as mongo.Filter<T>, { projection: { _id: 1 }, batchSize: keysAtOnce })
    .sort({ _id: 1 }) as unknown as AsyncIterable<{ _id: string }>;
  for await (const part of inParts(keys, keysAtOnce)) yield part.map(({ _id }) => _id);
}
