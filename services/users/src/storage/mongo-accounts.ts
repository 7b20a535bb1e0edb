import { usernameSkeletonOf } from '@natter/contracts';
import { duplicateKeyOf } from '@natter/mongo';
import mongoose, { type Connection, type Model } from 'mongoose';
import type { Account, Accounts } from '../domain/account.ts';
import { inviteNotGood } from '../domain/admit.ts';
import { searchKeysOf } from '../domain/search-keys.ts';
import { type AccountDocument, accountModel, toAccount } from './account-model.ts';

const { trusted } = mongoose;

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
      const [field] = duplicateKeyOf(error) ?? [];
      if (field === 'username' || field === 'skeleton') return false;
      if (field === 'invite') throw inviteNotGood();
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
    try {
      return await this.#replaceOne(current, documentOf(next));
    } catch (error) {
      if (!duplicateKeyOf(error)?.includes('skeleton')) throw error;
      // It is from before there were skeletons, looks like an older one, and goes without: see `fillSkeletons`.
      const { skeleton: _, ...document } = documentOf(next);
      return await this.#replaceOne(current, document);
    }
  }

  async replaceSecondFactor({ id, secondFactor, version }: Account): Promise<boolean> {
    const change = secondFactor
      ? { $set: { version, secondFactor } }
      : { $set: { version }, $unset: { secondFactor: 1 } };
    const { matchedCount } = await this.#model.updateOne({ _id: id, version: version - 1 }, change);
    return matchedCount === 1;
  }

  async listWithSecondFactor(limit: number, afterId = ''): Promise<Account[]> {
    const filter = { 'secondFactor.confirmed': true, _id: trusted({ $gt: afterId }) };
    return (await this.#model.find(filter).sort({ _id: 1 }).limit(limit).lean()).map(toAccount);
  }

  async #replaceOne(current: { _id: string; version: number }, document: AccountDocument): Promise<boolean> {
    const { matchedCount } = await this.#model.replaceOne(current, document);
    return matchedCount === 1;
  }
}

/** Whoever is deleted is not looked for. */
function documentOf({ id, deleted, disabled, ...account }: Account): AccountDocument {
  const document = {
    _id: id,
    ...account,
    skeleton: usernameSkeletonOf(account.username),
    ...(disabled && { disabled }),
    relay: true as const,
  };
  return deleted
    ? { ...document, searchKeys: [], deleted }
    : { ...document, searchKeys: searchKeysOf(account) };
}
