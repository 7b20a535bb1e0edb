import { bulkUpsert } from '@natter/mongo';
import { type Connection, type Model, type mongo, Schema } from 'mongoose';
import { uuidv7 } from 'uuidv7';
import type { LogEpochs } from '../domain/log-epochs.ts';

interface LogEpochDocument {
  _id: string;
  epoch: string;
}

const logEpochSchema = new Schema<LogEpochDocument>(
  { _id: { type: String, required: true }, epoch: { type: String, required: true } },
  { collection: 'logEpochs', versionKey: false },
);

/** Of the one document. */
const id = 'current';

/** The epoch of the logs, in the database that holds them: it is restored with them. */
export class MongoLogEpochs implements LogEpochs {
  readonly #epochs: Model<LogEpochDocument>;

  constructor(connection: Connection) {
    this.#epochs = connection.model<LogEpochDocument>('LogEpoch', logEpochSchema);
  }

  async current(): Promise<string> {
    return (await this.#find()) ?? (await this.#beginFirst());
  }

  async begin(): Promise<string> {
    const epoch = uuidv7();
    await this.#upsert({ $set: { epoch } });
    return epoch;
  }

  async #find(): Promise<string | undefined> {
    return (await this.#epochs.findById(id).lean<LogEpochDocument>())?.epoch;
  }

  /** Replicas that start together may all come here; one of them is first. */
  async #beginFirst(): Promise<string> {
    await this.#upsert({ $setOnInsert: { epoch: uuidv7() } });
    const epoch = await this.#find();
    if (epoch === undefined) throw new Error('The epoch of the logs is gone');
    return epoch;
  }

  async #upsert(update: mongo.UpdateFilter<LogEpochDocument>): Promise<void> {
    await bulkUpsert(this.#epochs, [{ updateOne: { filter: { _id: id }, update, upsert: true } }]);
  }
}
