import { bulkUpsert, replaceOlder } from '@natter/mongo';
import { type Connection, type Model, Schema, trusted } from 'mongoose';
import type { Profile, Profiles } from '../domain/user-directory.ts';

interface ProfileDocument {
  _id: string;
  username: string;
  version: number;
}

const profileSchema = new Schema<ProfileDocument>(
  {
    _id: { type: String, required: true },
    username: { type: String, required: true },
    version: { type: Number, required: true },
  },
  { collection: 'profiles', versionKey: false },
);
profileSchema.index({ username: 1 });

/** The projection of users in MongoDB. */
export class MongoProfiles implements Profiles {
  readonly #profiles: Model<ProfileDocument>;

  constructor(connection: Connection) {
    this.#profiles = connection.model<ProfileDocument>('Profile', profileSchema);
  }

  async findByIds(ids: readonly string[]): Promise<Profile[]> {
    const documents = await this.#profiles
      .find({ _id: trusted({ $in: [...ids] }) })
      .lean<ProfileDocument[]>();
    return documents.map(profileOf);
  }

  async findByUsernames(usernames: readonly string[]): Promise<Profile[]> {
    const documents = await this.#profiles
      .find({ username: trusted({ $in: [...usernames] }) })
      .lean<ProfileDocument[]>();
    return documents.map(profileOf);
  }

  async save(profiles: readonly Profile[]): Promise<void> {
    const documents = profiles.map(({ id: _id, username, version }) => ({ _id, username, version }));
    await bulkUpsert(
      this.#profiles,
      documents.map((document) => replaceOlder(document, 'version')),
    );
  }
}

function profileOf({ _id: id, username, version }: ProfileDocument): Profile {
  return { id, username, version };
}
