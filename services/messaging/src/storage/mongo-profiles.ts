import { bulkUpsert, replaceOlder } from '@natter/mongo';
import { type Connection, type Model, trusted } from 'mongoose';
import type { Profile, Profiles } from '../domain/user-directory.ts';
import { oneBatch } from './one-batch.ts';
import { type ProfileDocument, profileOf, profileSchema } from './profile-document.ts';

/** The projection of users in MongoDB. */
export class MongoProfiles implements Profiles {
  readonly #profiles: Model<ProfileDocument>;

  constructor(connection: Connection) {
    this.#profiles = connection.model<ProfileDocument>('Profile', profileSchema);
  }

  async findByIds(ids: readonly string[]): Promise<Profile[]> {
    const documents = await this.#profiles
      .find({ _id: trusted({ $in: [...ids] }) })
      .batchSize(oneBatch)
      .lean<ProfileDocument[]>();
    return documents.map(profileOf);
  }

  async findByUsernames(usernames: readonly string[]): Promise<Profile[]> {
    const documents = await this.#profiles
      .find({ username: trusted({ $in: [...usernames] }), deleted: false })
      .batchSize(oneBatch)
      .lean<ProfileDocument[]>();
    return documents.map(profileOf);
  }

  async save(profiles: readonly Profile[]): Promise<void> {
    const documents = profiles.map(({ id: _id, ...profile }): ProfileDocument => ({ _id, ...profile }));
    await bulkUpsert(
      this.#profiles,
      documents.map((document) => replaceOlder(document, 'version')),
    );
  }
}
