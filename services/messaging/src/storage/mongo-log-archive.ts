import { nativeCollection } from '@natter/mongo';
import { type Connection, type Model, trusted } from 'mongoose';
import type { MessageChange } from '../domain/entry.ts';
import type { ArchivedEntry, LogArchive } from '../domain/log-archive.ts';
import { type EntryDocument, entryOf, entrySchema } from './entry-document.ts';
import { inParts } from './in-parts.ts';

const keysAtOnce = 1_000;

const entriesAtOnce = 500;

/** The logs in MongoDB, read by cursors along the index of revs. */
export class MongoLogArchive implements LogArchive {
  readonly #entries: Model<EntryDocument>;

  constructor(connection: Connection) {
    this.#entries = connection.model<EntryDocument>('Entry', entrySchema);
  }

  async *conversationIds(): AsyncGenerator<readonly string[]> {
    const keys = nativeCollection(this.#entries)
      .find({}, { projection: { _id: 0, conversationId: 1 }, batchSize: keysAtOnce })
      .sort({ conversationId: 1, rev: 1 });
    let last: string | undefined;
    for await (const part of inParts(keys, keysAtOnce)) {
      const ids = new Set(part.map(({ conversationId }) => conversationId));
      if (last !== undefined) ids.delete(last);
      last = part.at(-1)?.conversationId;
      yield [...ids];
    }
  }

  async withLog(conversationIds: readonly string[]): Promise<ReadonlySet<string>> {
    const begun = await this.#entries
      .find({ conversationId: trusted({ $in: [...conversationIds] }), rev: 1 })
      .select({ conversationId: 1 })
      .lean<EntryDocument[]>();
    const found = new Set(begun.map(({ conversationId }) => conversationId));
    // A log that has lost its beginning is one all the same.
    for (const id of conversationIds.filter((one) => !found.has(one))) {
      if ((await this.#entries.exists({ conversationId: id })) !== null) found.add(id);
    }
    return found;
  }

  async *entriesOf(conversationId: string): AsyncGenerator<readonly ArchivedEntry[]> {
    const documents = nativeCollection(this.#entries)
      .find({ conversationId }, { batchSize: entriesAtOnce })
      .sort({ rev: 1 }) as unknown as AsyncIterable<EntryDocument>;
    for await (const part of inParts(documents, entriesAtOnce)) yield part.map(archivedEntryOf);
  }

  async changesOf(conversationId: string, seqs: readonly number[]): Promise<Map<number, MessageChange[]>> {
    const documents = await this.#entries
      .find({ conversationId, about: trusted({ $in: [...seqs] }) })
      .sort({ about: 1, rev: 1 })
      .lean<EntryDocument[]>();
    const changes = documents.map((document) => entryOf(document) as MessageChange);
    return Map.groupBy(changes, ({ data }) => data.seq);
  }

  async sentAmong(conversationId: string, seqs: readonly number[]): Promise<ReadonlySet<number>> {
    const documents = await this.#entries
      .find({ conversationId, type: 'message.sent', seq: trusted({ $in: [...seqs] }) })
      .select({ seq: 1 })
      .lean<EntryDocument[]>();
    return new Set(documents.map(({ seq }) => seq));
  }
}

function archivedEntryOf(document: EntryDocument): ArchivedEntry {
  return { entry: entryOf(document), current: document.current, marked: document.relay === true };
}
