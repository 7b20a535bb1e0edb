import mongoose, { type Connection, type Model, type QueryFilter } from 'mongoose';
import type { Directory, DirectoryQuery, ProfileKeys } from '../domain/directory.ts';
import type { Profile } from '../domain/profile.ts';
import { type AccountDocument, accountModel, profileFields, toProfile } from './account-model.ts';

const { trusted } = mongoose;

export class MongoDirectory implements Directory {
  readonly #model: Model<AccountDocument>;

  constructor(connection: Connection) {
    this.#model = accountModel(connection);
  }

  async find(keys: ProfileKeys): Promise<Profile[]> {
    const filter =
      'ids' in keys ? { _id: oneOf(keys.ids) } : { username: oneOf(keys.usernames), ...notDeleted };
    return (await this.#model.find(filter, profileFields).lean()).map(toProfile);
  }

  async list({ exceptId, among, after, searchKey, limit }: DirectoryQuery): Promise<Profile[]> {
    const filter: QueryFilter<AccountDocument> = {
      _id: trusted(among === undefined ? { $ne: exceptId } : { $ne: exceptId, $in: [...among] }),
      ...notDeleted,
    };
    if (after !== undefined) filter.username = trusted({ $gt: after });
    if (searchKey !== undefined) filter.searchKeys = searchKey;
    const documents = await this.#model.find(filter, profileFields).sort({ username: 1 }).limit(limit).lean();
    return documents.map(toProfile);
  }

  listAll(limit: number, afterId = ''): Promise<Profile[]> {
    return this.#listById({ _id: trusted({ $gt: afterId }) }, limit);
  }

  listDisabled(limit: number, afterId = ''): Promise<Profile[]> {
    return this.#listById({ _id: trusted({ $gt: afterId }), disabled: true }, limit);
  }

  async #listById(filter: QueryFilter<AccountDocument>, limit: number): Promise<Profile[]> {
    const documents = await this.#model.find(filter, profileFields).sort({ _id: 1 }).limit(limit).lean();
    return documents.map(toProfile);
  }
}

const notDeleted = { deleted: trusted({ $ne: true as const }) };

const oneOf = (values: readonly string[]) => trusted({ $in: [...values] });
