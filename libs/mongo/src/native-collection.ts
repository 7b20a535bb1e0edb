import type { Model, mongo } from 'mongoose';

/**
 * The driver's own collection behind a model, for the writes of the hot path: what comes from a domain is typed,
 * and mongoose's casting costs more than the write. Nothing that came from outside untyped may go in here.
 */
export function nativeCollection<T extends mongo.Document>(model: Model<T>): mongo.Collection<T> {
  return model.collection as unknown as mongo.Collection<T>;
}
