import { randomBytes } from 'node:crypto';
import { bulkUpsert } from '@natter/mongo';
import { type Connection, type Model, Schema } from 'mongoose';
import type { CursorKeys } from '../domain/cursor-keys.ts';

interface CursorKeyDocument {
  _id: string;
  key: string;
}

const cursorKeySchema = new Schema<CursorKeyDocument>(
  { _id: { type: String, required: true }, key: { type: String, required: true } },
  { collection: 'cursorKeys', versionKey: false },
);

/** Of the one document. */
const id = 'current';

const keyBytes = 32;

/** The key that seals cursors, in MongoDB. */
export class MongoCursorKeys implements CursorKeys {
  readonly #keys: Model<CursorKeyDocument>;

  constructor(connection: Connection) {
    this.#keys = connection.model<CursorKeyDocument>('CursorKey', cursorKeySchema);
  }

  async current(): Promise<string> {
    return (await this.#find()) ?? (await this.#makeFirst());
  }

  async #find(): Promise<string | undefined> {
    return (await this.#keys.findById(id).lean<CursorKeyDocument>())?.key;
  }

  /** Replicas may all come here at once; one of them is first. */
  async #makeFirst(): Promise<string> {
    const update = { $setOnInsert: { key: randomBytes(keyBytes).toString('base64url') } };
    await bulkUpsert(this.#keys, [{ updateOne: { filter: { _id: id }, update, upsert: true } }]);
    const key = await this.#find();
    if (key === undefined) throw new Error('The key of cursors is gone');
    return key;
  }
}
