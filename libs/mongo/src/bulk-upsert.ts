import type { Model, mongo } from 'mongoose';
import { nativeCollection } from './native-collection.ts';
import { refusedAsDuplicates } from './write-errors.ts';

/**
 * Does upserts whose filters name an `_id`, in any order. What was refused for its `_id` is done once more: of two
 * who make the same document at once one is refused, though its state may be the newer. The second time the
 * document is there, so that a refusal means that its filter missed it. For collections whose only unique index is
 * that of the `_id`: a bulk write does not say which one refused.
 */
export async function bulkUpsert<T extends mongo.Document>(
  model: Model<T>,
  operations: readonly mongo.AnyBulkWriteOperation<T>[],
): Promise<void> {
  let left = operations;
  for (let round = 1; round <= 2 && left.length > 0; round += 1) {
    try {
      await nativeCollection(model).bulkWrite(left, { ordered: false });
      return;
    } catch (error) {
      const refused = refusedAsDuplicates(error);
      if (refused === undefined) throw error;
      left = left.filter((_, index) => refused.includes(index));
    }
  }
}

/** For `bulkUpsert`: puts the document in place of an older one, and leaves one that is as new or newer alone. */
export function replaceOlder<T extends mongo.Document & { _id: string }>(
  document: T,
  version: keyof T & string,
): mongo.AnyBulkWriteOperation<T> {
  const { _id, ...replacement } = document;
  const filter = { _id, [version]: { $lt: document[version] } } as mongo.Filter<T>;
  return { replaceOne: { filter, replacement, upsert: true } };
}
