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

  async add(account: Account): Promise<boolean> {
    try {
      await this.#model.insertOne(documentOf(account));
      return true;
    } catch (error) {
      if (duplicateKeyOf(error)?.includes('username')) return false;
      throw error;
    }
  }

  async findByUsername(username: string): Promise<Account | undefined> {
    const document = await this.#model.findOne({ username }).lean();
    return document && !document.deleted ? toAccount(document) : undefined;
  }

  async findById(id: string): Promise<Account | undefined> {
    const document = await this.#model.findById(id).lean();
    return document ? toAccount(document) : undefined;
  }

  async replace(next: Account): Promise<boolean> {
    const current = { _id: next.id, version: next.version - 1 };
    const { matchedCount } = await this.#model.replaceOne(current, documentOf(next));
    return matchedCount === 1;
  }
}

/** Whoever is deleted is not looked for. */
function documentOf({ id, deleted, disabled, ...account }: Account): AccountDocument {
  const document = {
    _id: id,
    ...account,
    ...(disabled && { disabled }),
    relay: true as const,
  };
  return deleted
    ? { ...document, searchKeys: [], deleted }
    : { ...document, searchKeys: searchKeysOf(account) };
}
