import { NatterError } from '@natter/contracts';
import { insertedBeforeDuplicate, isNotRun, nativeCollection } from '@natter/mongo';
import { type Connection, type Model, trusted } from 'mongoose';
import type { ConversationLog } from '../domain/conversation-log.ts';
import type { Entry, MessageChange } from '../domain/entry.ts';
import { documentOf, type EntryDocument, entryOf, entrySchema } from './entry-document.ts';

/** The log in MongoDB, an entry a document. Every read is a bounded range of an index: the same cost at any length. */
export class MongoConversationLog implements ConversationLog {
  readonly #entries: Model<EntryDocument>;

  constructor(connection: Connection) {
    this.#entries = connection.model<EntryDocument>('Entry', entrySchema);
  }

  async append(entries: readonly Entry[]): Promise<number> {
    try {
      await nativeCollection(this.#entries).insertMany(entries.map(documentOf), { ordered: true });
      return entries.length;
    } catch (error) {
      const inserted = insertedBeforeDuplicate(error);
      if (inserted !== undefined) return inserted;
      if (isNotRun(error)) throw new NatterError('service_unavailable', { retryAfter: 1, cause: error });
      throw new NatterError('outcome_unknown', { cause: error });
    }
  }

  async readAfter(conversationId: string, afterRev: number, limit: number): Promise<Entry[]> {
    const documents = await this.#entries
      .find({ conversationId, rev: trusted({ $gt: afterRev, $lte: afterRev + limit }) })
      .sort({ rev: 1 })
      .lean<EntryDocument[]>();
    return documents.map(entryOf);
  }

  async readChanges(conversationId: string, seq: number, afterRev: number): Promise<MessageChange[]> {
    const documents = await this.#entries
      .find({ conversationId, about: seq, rev: trusted({ $gt: afterRev }) })
      .sort({ rev: 1 })
      .lean<EntryDocument[]>();
    return documents.map((document) => entryOf(document) as MessageChange);
  }

  async findByKey(
    conversationId: string,
    actorId: string,
    clientMessageId: string,
  ): Promise<Entry | undefined> {
    const document = await this.#entries
      .findOne({ conversationId, actorId, clientMessageId })
      .lean<EntryDocument>();
    return document ? entryOf(document) : undefined;
  }

  async readMarked(limit: number): Promise<Entry[]> {
    const documents = await this.#entries
      .find({ relay: true })
      .sort({ conversationId: 1, rev: 1 })
      .limit(limit)
      .lean<EntryDocument[]>();
    return documents.map(entryOf);
  }

  async countMarked(limit: number): Promise<number> {
    return await this.#entries.countDocuments({ relay: true }, { limit });
  }

  async unmark(entries: readonly Entry[]): Promise<void> {
    if (entries.length === 0) return;
    const ids = entries.map((entry) => entry.id);
    await this.#entries.updateMany(
      { _id: trusted({ $in: ids }) },
      { $unset: { relay: 1 }, $currentDate: { published: true } },
    );
  }

  async redact(conversationId: string, seq: number): Promise<void> {
    const texts = [
      { conversationId, type: 'message.sent' as const, seq },
      { conversationId, about: seq, type: 'message.edited' as const },
    ];
    await Promise.all(
      texts.map((filter) => this.#entries.updateMany(filter, { $set: { 'data.content': '' } })),
    );
  }
}
