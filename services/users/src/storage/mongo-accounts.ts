import { duplicateKeyOf } from '@natter/mongo';
import type { Connection, Model } from 'mongoose';
import type { Account, Accounts } from '../domain/account.ts';
import { searchKeysOf } from '../domain/search-keys.ts';
import { type AccountDocument, accountModel, toAccount } from './account-model.ts';

export class MongoAccounts implements Accounts {
  readonly #model: Model<AccountDocument>;

  constructor(connection: Connection) {
    this.#model = accountModel(connection);
  }

  async add({ id, ...account }: Account): Promise<boolean> {
    try {
      await this.#model.insertOne({ _id: id, ...account, searchKeys: searchKeysOf(account), relay: true });
      return true;
    } catch (error) {
      if (duplicateKeyOf(error)?.includes('username')) return false;
      throw error;
    }
  }

  async findByUsername(username: string): Promise<Account | undefined> {
    const document = await this.#model.findOne({ username }).lean();
    return document ? toAccount(document) : undefined;
  }
}
