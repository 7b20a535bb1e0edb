import { usernameSkeletonOf } from '@natter/contracts';
import { duplicateKeyOf } from '@natter/mongo';
import mongoose, { type Connection, type Model, Schema } from 'mongoose';
import { type AccountDocument, accountModel } from './account-model.ts';

interface MigrationDocument {
  _id: string;
  /** When nothing was left to do. */
  completed: Date;
}

const migrationSchema = new Schema<MigrationDocument>(
  { _id: { type: String, required: true }, completed: { type: Date, required: true } },
  { collection: 'migrations', versionKey: false },
);

const name = 'username-skeletons';

/**
 * Gives the accounts from before there were skeletons theirs, the oldest first. The younger of two that look alike
 * stays as it is and goes without. Looks no more once a whole look has found nothing to fill in, which is not the
 * first: during an update older processes go on making accounts.
 *
 * @returns the usernames that look like an older one.
 */
export async function fillSkeletons(connection: Connection): Promise<string[]> {
  const migrations = connection.model<MigrationDocument>('Migration', migrationSchema);
  if (await migrations.exists({ _id: name })) return [];
  const accounts = accountModel(connection);
  const alike: string[] = [];
  let filled = 0;
  const without = { skeleton: mongoose.trusted({ $exists: false }) };
  for await (const { _id, username } of accounts.find(without, { username: 1 }).sort({ _id: 1 }).lean()) {
    if (await fill(accounts, _id, username)) filled += 1;
    else alike.push(username);
  }
  if (filled === 0) {
    await migrations.updateOne({ _id: name }, { $setOnInsert: { completed: new Date() } }, { upsert: true });
  }
  return alike;
}

/** @returns whether the skeleton was free. */
async function fill(accounts: Model<AccountDocument>, id: string, username: string): Promise<boolean> {
  try {
    await accounts.updateOne({ _id: id }, { $set: { skeleton: usernameSkeletonOf(username) } });
    return true;
  } catch (error) {
    if (duplicateKeyOf(error)?.includes('skeleton')) return false;
    throw error;
  }
}
