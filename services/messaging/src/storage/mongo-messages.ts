import { nativeCollection } from '@natter/mongo';
import { type Connection, type Model, type mongo, trusted } from 'mongoose';
import type { Message } from '../domain/message.ts';
import {
  currentOf,
  type EntryDocument,
  entrySchema,
  type MessageDocument,
  messageOf,
} from './entry-document.ts';
import { oneBatch } from './one-batch.ts';

/** The messages as they are now, each kept beside the entry that sent it: a page is one range of one index. */
export class MongoMessages {
  readonly #entries: Model<EntryDocument>;

  constructor(connection: Connection) {
    this.#entries = connection.model<EntryDocument>('Entry', entrySchema);
  }

  async find(conversationId: string, seq: number): Promise<Message | undefined> {
    const [message] = await this.read(conversationId, seq, seq);
    return message;
  }

  async read(conversationId: string, from: number, to: number): Promise<Message[]> {
    if (from > to) return [];
    const documents = await this.#entries
      .find({ conversationId, type: 'message.sent', seq: trusted({ $gte: from, $lte: to }) })
      .sort({ seq: 1 })
      .batchSize(oneBatch)
      .lean<MessageDocument[]>();
    return documents.map(messageOf);
  }

  async findByIds(ids: readonly string[]): Promise<Message[]> {
    if (ids.length === 0) return [];
    const documents = await this.#entries
      .find({ _id: trusted({ $in: [...ids] }) })
      .batchSize(oneBatch)
      .lean<MessageDocument[]>();
    return documents.map(messageOf);
  }

  /** Puts each state in place of an older one. */
  async update(messages: readonly Message[]): Promise<void> {
    if (messages.length > 0) {
      await nativeCollection(this.#entries).bulkWrite(messages.map(replaceOlder), { ordered: false });
    }
  }
}

/** Missing counts as older. Asked by `$or` instead, some servers look through every entry. */
function replaceOlder(message: Message): mongo.AnyBulkWriteOperation<EntryDocument> {
  return {
    updateOne: {
      filter: { _id: message.id, 'current.rev': { $not: { $gte: message.rev } } },
      update: { $set: { current: currentOf(message) } },
    },
  };
}
