import { Schema } from 'mongoose';
import { type Entry, type EntryOf, type Happening, isMessageChange } from '../domain/entry.ts';
import { type CurrentMessage, type Message, sentMessage } from '../domain/message.ts';

export type EntryDocument = Happening & {
  _id: string;
  conversationId: string;
  rev: number;
  seq: number;
  actorId: string;
  at: Date;
  clientMessageId?: string;
  bodyHash?: string;
  /** The seq of the message that the entry changes. */
  about?: number;
  /** Beside a message that was changed: how it is now. A projection, not a part of the fact. */
  current?: CurrentMessage;
  /** There until the entry was published. */
  relay?: true;
  /** When it was published, by the database's clock. */
  published?: Date;
};

export type MessageDocument = Extract<EntryDocument, { type: 'message.sent' }>;

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
    about: Number,
    current: Schema.Types.Mixed,
    relay: Boolean,
    published: Date,
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
entrySchema.index(
  { conversationId: 1, about: 1, rev: 1 },
  { partialFilterExpression: { about: { $gt: 0 } } },
);
entrySchema.index({ relay: 1, conversationId: 1, rev: 1 }, { partialFilterExpression: { relay: true } });

export function documentOf(entry: Entry): EntryDocument {
  const { id: _id, key, ...rest } = entry;
  const about = isMessageChange(entry) ? { about: entry.data.seq } : {};
  return { _id, ...rest, ...key, ...about, relay: true };
}

export function entryOf(document: EntryDocument): Entry {
  const {
    _id: id,
    clientMessageId,
    bodyHash,
    about: _,
    current: _current,
    relay: _relay,
    published: _published,
    ...entry
  } = document;
  const key =
    clientMessageId !== undefined && bodyHash !== undefined ? { clientMessageId, bodyHash } : undefined;
  return { id, ...entry, key };
}

export function messageOf(document: MessageDocument): Message {
  return { ...sentMessage(entryOf(document) as EntryOf<'message.sent'>), ...document.current };
}

export function currentOf(message: Message): CurrentMessage {
  const { rev, content, edited, deleted, mentions, reactions } = message;
  return { rev, content, edited, deleted, mentions, reactions };
}
