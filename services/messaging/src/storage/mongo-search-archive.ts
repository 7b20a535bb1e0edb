import { bulkUpsert } from '@natter/mongo';
import { type Connection, type Model, type mongo, trusted } from 'mongoose';
import type { Message } from '../domain/message.ts';
import type { SearchArchive, SearchedMessage } from '../domain/search-archive.ts';
import { keysOf } from './keys-of.ts';
import { type SearchDocument, searchDocumentOf, searchKeyOf, searchSchema } from './search-document.ts';

const keyOf = (conversationId: string, seq: number): string => searchKeyOf({ conversationId, seq });

/** The search's collection in MongoDB, for whoever checks and repairs it. */
export class MongoSearchArchive implements SearchArchive {
  readonly #documents: Model<SearchDocument>;

  constructor(connection: Connection) {
    this.#documents = connection.model<SearchDocument>('Search', searchSchema);
  }

  async *conversationIds(): AsyncGenerator<readonly string[]> {
    for await (const keys of keysOf(this.#documents)) {
      yield [...new Set(keys.map((key) => key.slice(0, key.lastIndexOf(':'))))];
    }
  }

  async *seqsOf(conversationId: string): AsyncGenerator<readonly number[]> {
    for await (const keys of keysOf(this.#documents, conversationId)) {
      yield keys.map((key) => Number(key.slice(conversationId.length + 1)));
    }
  }

  async find(conversationId: string, seqs: readonly number[]): Promise<Map<number, SearchedMessage>> {
    const documents = await this.#documents
      .find({ _id: trusted({ $in: seqs.map((seq) => keyOf(conversationId, seq)) }) })
      .lean<SearchDocument[]>();
    return new Map(documents.map(({ _id, ...kept }) => [Number(_id.slice(conversationId.length + 1)), kept]));
  }

  async replace(message: Message, seenRev: number | undefined): Promise<void> {
    const { _id, ...replacement } = searchDocumentOf(message);
    const filter = { _id, rev: seenRev ?? { $exists: false } } as mongo.Filter<SearchDocument>;
    await bulkUpsert(this.#documents, [
      { replaceOne: { filter, replacement, upsert: seenRev === undefined } },
    ]);
  }

  async remove(conversationId: string, seqs: readonly number[]): Promise<void> {
    await this.#documents.deleteMany({
      _id: trusted({ $in: seqs.map((seq) => keyOf(conversationId, seq)) }),
    });
  }
}
