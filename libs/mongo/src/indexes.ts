import type { Connection } from 'mongoose';

/**
 * Creates what is missing of the collections and indexes that the connection's models declare, then looks
 * whether all are there. Uniqueness is what the product stands on, and without its index it is silently void.
 *
 * @throws when an index could not be made, or one of the same name or keys is of another kind.
 */
export async function ensureIndexes(connection: Connection): Promise<void> {
  for (const model of Object.values(connection.models)) {
    await model.createCollection();
    await model.createIndexes();
    const { toCreate } = await model.diffIndexes();
    if (toCreate.length > 0) {
      throw new Error(`The collection ${model.collection.name} lacks indexes: ${JSON.stringify(toCreate)}`);
    }
  }
}
