import { bulkUpsert } from '@natter/mongo';
import { type Connection, type Model, type mongo, trusted } from 'mongoose';
import type { ProfileArchive } from '../domain/profile-archive.ts';
import type { Profile } from '../domain/user-directory.ts';
import { keysOf } from './keys-of.ts';
import { type ProfileDocument, profileOf, profileSchema } from './profile-document.ts';

/** The projection of users in MongoDB, for whoever repairs it. */
export class MongoProfileArchive implements ProfileArchive {
  readonly #profiles: Model<ProfileDocument>;

  constructor(connection: Connection) {
    this.#profiles = connection.model<ProfileDocument>('Profile', profileSchema);
  }

  ids(): AsyncGenerator<readonly string[]> {
    return keysOf(this.#profiles);
  }

  async find(ids: readonly string[]): Promise<Profile[]> {
    const documents = await this.#profiles
      .find({ _id: trusted({ $in: [...ids] }) })
      .lean<ProfileDocument[]>();
    return documents.map(profileOf);
  }

  async replace(profile: Profile, seenVersion: number | undefined): Promise<void> {
    const { id: _id, ...replacement } = profile;
    const filter = { _id, version: seenVersion ?? { $exists: false } } as mongo.Filter<ProfileDocument>;
    await bulkUpsert(this.#profiles, [
      { replaceOne: { filter, replacement, upsert: seenVersion === undefined } },
    ]);
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.#profiles.deleteMany({ _id: trusted({ $in: [...ids] }) });
  }
}
