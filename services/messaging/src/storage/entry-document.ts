import { Schema } from 'mongoose';
import type { Entry, Happening } from '../domain/entry.ts';

export type EntryDocument = Happening & {
  _id: string;
  conversationId: string;
  rev: number;
  seq: number;
  actorId: string;
  at: Date;
  clientMessageId?: string;
  bodyHash?: string;
  /** There until the entry was published. */
  relay?: true;
};

/** The log's collection. Its unique indexes are what makes an append a compare-and-set and a key good for ever. */
export const entrySchema = new Schema<EntryDocument>(
  {
    _id: { type: String, required: true },
    conversationId: { type: String, required: true },
    rev: { type: Number, required: true },
    seq: { type: Number, required: true },
    type: { type: String, required: true },
    actorId: { type: String, required: true },
    at: { type: Date, required: true },
    data: { type: Schema.Types.Mixed, required: true },
    clientMessageId: String,
    bodyHash: String,
    relay: Boolean,
  },
  { collection: 'entries', versionKey: false },
);
entrySchema.index({ conversationId: 1, rev: 1 }, { unique: true });
entrySchema.index(
  { conversationId: 1, type: 1, seq: 1 },
  { unique: true, partialFilterExpression: { type: 'message.sent' } },
);
entrySchema.index(
  { conversationId: 1, actorId: 1, clientMessageId: 1 },
  { unique: true, partialFilterExpression: { clientMessageId: { $gt: '' } } },
);
entrySchema.index({ relay: 1, conversationId: 1, rev: 1 }, { partialFilterExpression: { relay: true } });

export function documentOf({ id, key, ...entry }: Entry): EntryDocument {
  return { _id: id, ...entry, ...key, relay: true };
}

export function entryOf(document: EntryDocument): Entry {
  const { _id: id, clientMessageId, bodyHash, relay: _relay, ...entry } = document;
  const key =
    clientMessageId !== undefined && bodyHash !== undefined ? { clientMessageId, bodyHash } : undefined;
  return { id, ...entry, key };
}
