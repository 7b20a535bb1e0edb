import type { Receipts } from '@natter/contracts';
import { Schema } from 'mongoose';
import type { Profile } from '../domain/user-directory.ts';

export interface ProfileDocument {
  _id: string;
  username: string;
  displayName: string;
  created: Date;
  deleted: boolean;
  /** Not there where it was kept before there was a choice. */
  receipts?: Receipts;
  version: number;
}

export const profileSchema = new Schema<ProfileDocument>(
  {
    _id: { type: String, required: true },
    username: { type: String, required: true },
    displayName: { type: String, required: true },
    created: { type: Date, required: true },
    deleted: { type: Boolean, required: true },
    receipts: { type: String },
    version: { type: Number, required: true },
  },
  { collection: 'profiles', versionKey: false },
);
// All the deleted have one name.
profileSchema.index({ username: 1, deleted: 1 });

export function profileOf({ _id: id, receipts = 'shared', ...profile }: ProfileDocument): Profile {
  return { id, receipts, ...profile };
}
