import type { Connection, Model } from 'mongoose';
import type { Outbox } from '../domain/outbox.ts';
import type { Profile } from '../domain/profile.ts';
import { type AccountDocument, accountModel, profileFields, toProfile } from './account-model.ts';

export class MongoOutbox implements Outbox {
  readonly #model: Model<AccountDocument>;

  constructor(connection: Connection) {
    this.#model = accountModel(connection);
  }

  async readMarked(limit: number): Promise<Profile[]> {
    return (await this.#model.find({ relay: true }, profileFields).limit(limit).lean()).map(toProfile);
  }

  async unmark({ id, version }: Profile): Promise<void> {
    await this.#model.updateOne({ _id: id, version }, { $unset: { relay: 1 } });
  }
}
