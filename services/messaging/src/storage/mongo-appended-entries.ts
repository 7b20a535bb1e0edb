import { bulkUpsert } from '@natter/mongo';
import { type Connection, type Model, Schema, trusted } from 'mongoose';
import type { AppendedEntries } from '../domain/appended-entries.ts';
import type { Entry } from '../domain/entry.ts';
import { type EntryDocument, entryOf, entrySchema } from './entry-document.ts';

interface SecondLookDocument {
  _id: string;
  reached: string;
}

const secondLookSchema = new Schema<SecondLookDocument>(
  { _id: { type: String, required: true }, reached: { type: String, required: true } },
  { collection: 'secondLook', versionKey: false },
);

/** Of the one document. */
const id = 'current';

/** The entries by their ids, in MongoDB, and how far they were gone through, which is restored with them. */
export class MongoAppendedEntries implements AppendedEntries {
  readonly #entries: Model<EntryDocument>;
  readonly #looks: Model<SecondLookDocument>;

  constructor(connection: Connection) {
    this.#entries = connection.model<EntryDocument>('Entry', entrySchema);
    this.#looks = connection.model<SecondLookDocument>('SecondLook', secondLookSchema);
  }

  async readBetween(after: string, before: string, limit: number): Promise<Entry[]> {
    const documents = await this.#entries
      .find({ _id: trusted({ $gt: after, $lt: before }) })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<EntryDocument[]>();
    return documents.map(entryOf);
  }

  async reached(): Promise<string | undefined> {
    return (await this.#looks.findById(id).lean<SecondLookDocument>())?.reached;
  }

  async advance(reached: string): Promise<void> {
    const update = { $max: { reached } };
    await bulkUpsert(this.#looks, [{ updateOne: { filter: { _id: id }, update, upsert: true } }]);
  }
}
