import { Schema } from 'mongoose';
import type { Profile } from '../domain/user-directory.ts';

export interface ProfileDocument {
  _id: string;
  username: string;
  displayName: string;
  created: Date;
  deleted: boolean;
  version: number;
}

export const profileSchema = new Schema<ProfileDocument>(
  {
    _id: { type: String, required: true },
    username: { type: String, required: true },
    displayName: { type: String, required: true },
    created: { type: Date, required: true },
    deleted: { type: Boolean, required: true },
    version: { type: Number, required: true },
  },
  { collection: 'profiles', versionKey: false },
);
// All the deleted have one name.
profileSchema.index({ username: 1, deleted: 1 });

export function profileOf({ _id: id, ...profile }: ProfileDocument): Profile {
  return { id, ...profile };
}
