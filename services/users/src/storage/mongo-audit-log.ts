import { nativeCollection, refusedAsDuplicates } from '@natter/mongo';
import mongoose, { type Connection, type Model, type QueryFilter, Schema } from 'mongoose';
import type { AuditEntry, AuditLog, AuditQuery } from '../domain/audit-log.ts';

const { trusted } = mongoose;

interface AuditDocument extends Omit<AuditEntry, 'id'> {
  _id: string;
}

const schema = new Schema<AuditDocument>(
  {
    _id: { type: String, required: true },
    at: { type: Date, required: true },
    kind: { type: String, required: true },
    by: { type: String, required: true },
    userId: { type: String },
    username: { type: String },
    sessionId: { type: String },
    address: { type: String },
    requestId: { type: String },
    detail: { type: String },
    expires: { type: Date, required: true },
  },
  { collection: 'audit', versionKey: false },
);
schema.index({ username: 1, _id: -1 });
schema.index({ kind: 1, _id: -1 });
// Each entry says itself when it goes, so that another setting needs no other index.
schema.index({ expires: 1 }, { expireAfterSeconds: 0 });

export class MongoAuditLog implements AuditLog {
  readonly #model: Model<AuditDocument>;

  constructor(connection: Connection) {
    this.#model = connection.model<AuditDocument>('AuditEntry', schema);
  }

  async add(entries: readonly AuditEntry[]): Promise<void> {
    const documents = entries.map(({ id, ...entry }) => ({ _id: id, ...entry }));
    try {
      await nativeCollection(this.#model).insertMany(documents, { ordered: false, ignoreUndefined: true });
    } catch (error) {
      // Those are here from an attempt before, of which it was not known how it ended.
      if (refusedAsDuplicates(error) === undefined) throw error;
    }
  }

  async list({ username, kind, since, beforeId, limit }: AuditQuery): Promise<AuditEntry[]> {
    const filter: QueryFilter<AuditDocument> = {
      ...(username !== undefined && { username }),
      ...(kind !== undefined && { kind }),
      ...(since !== undefined && { at: trusted({ $gte: since }) }),
      ...(beforeId !== undefined && { _id: trusted({ $lt: beforeId }) }),
    };
    const documents = await this.#model.find(filter).sort({ _id: -1 }).limit(limit).lean();
    return documents.map(({ _id: id, ...entry }) => ({ id, ...entry }));
  }
}
