import type { Receipts } from '@natter/contracts';
import { type Connection, type Model, Schema } from 'mongoose';
import type { Account } from '../domain/account.ts';
import type { Profile } from '../domain/profile.ts';
import type { SealedSecret, SecondFactor } from '../domain/second-factor.ts';

export interface AccountDocument {
  _id: string;
  username: string;
  /** See `usernameSkeletonOf`. Only accounts from before it may be without. */
  skeleton?: string;
  displayName: string;
  /** See `searchKeysOf`. */
  searchKeys: string[];
  passwordHash: string;
  /** The hash of the invite that it was made with. */
  invite?: string;
  secondFactor?: SecondFactor;
  /** Not there in accounts of the time before it. */
  sessionEpoch?: number;
  created: Date;
  /** Not there in accounts of the time before it. */
  receipts?: Receipts;
  version: number;
  /** There while the operator keeps it closed. */
  disabled?: true;
  /** There once the account is no more. */
  deleted?: true;
  /** There while this version may not have been published yet. */
  relay?: true;
}

const sealedSecret = new Schema<SealedSecret>(
  { kid: { type: String, required: true }, box: { type: String, required: true } },
  { _id: false },
);

const secondFactor = new Schema<SecondFactor>(
  {
    seals: { type: [sealedSecret], required: true },
    confirmed: { type: Boolean, required: true },
    lastStep: { type: Number, required: true },
    recoveryHashes: { type: [String], required: true },
  },
  { _id: false },
);

const schema = new Schema<AccountDocument>(
  {
    _id: { type: String, required: true },
    username: { type: String, required: true },
    skeleton: { type: String },
    displayName: { type: String, required: true },
    searchKeys: { type: [String], required: true },
    passwordHash: { type: String, required: true },
    invite: { type: String },
    secondFactor: { type: secondFactor },
    sessionEpoch: { type: Number },
    created: { type: Date, required: true },
    receipts: { type: String },
    version: { type: Number, required: true },
    disabled: { type: Boolean },
    deleted: { type: Boolean },
    relay: { type: Boolean },
  },
  { collection: 'users', versionKey: false },
);
schema.index({ username: 1 }, { unique: true });
schema.index({ skeleton: 1 }, { unique: true, partialFilterExpression: { skeleton: { $gt: '' } } });
// That an invite is used once is one with the making of the account.
schema.index({ invite: 1 }, { unique: true, partialFilterExpression: { invite: { $gt: '' } } });
// One key for each prefix of a user's names: a search is an equality here, and reads its page in order.
schema.index({ searchKeys: 1, username: 1 });
schema.index(
  { 'secondFactor.confirmed': 1, _id: 1 },
  { partialFilterExpression: { 'secondFactor.confirmed': true } },
);
schema.index({ relay: 1 }, { partialFilterExpression: { relay: true } });

export function accountModel(connection: Connection): Model<AccountDocument> {
  return connection.model<AccountDocument>('Account', schema);
}

/** The fields of a document that make a profile. */
export const profileFields = {
  username: 1,
  displayName: 1,
  created: 1,
  receipts: 1,
  version: 1,
  deleted: 1,
} as const;

export type ProfileDocument = Pick<AccountDocument, '_id' | keyof typeof profileFields>;

export function toProfile(document: ProfileDocument): Profile {
  const { _id: id, username, displayName, created, receipts = 'shared', version, deleted = false } = document;
  return { id, username, displayName, created, receipts, version, deleted };
}

export function toAccount(document: AccountDocument): Account {
  const { passwordHash, disabled = false, sessionEpoch = 0, invite, secondFactor: factor } = document;
  return {
    ...toProfile(document),
    passwordHash,
    disabled,
    sessionEpoch,
    ...(invite !== undefined && { invite }),
    ...(factor && { secondFactor: factor }),
  };
}
