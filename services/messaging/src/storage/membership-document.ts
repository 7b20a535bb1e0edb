import { Schema } from 'mongoose';
import type { MarkerKey } from '../domain/projections.ts';

/** What a conversation is to one of its members. */
export interface MembershipDocument {
  /** `<conversation id>:<user id>` */
  _id: string;
  conversationId: string;
  userId: string;
  readSeq: number;
  /** The rev of the entry that removed them last. */
  left?: number;
  /** When they were removed or moved their marker, by the database's clock. */
  touched?: Date;
}

export const membershipSchema = new Schema<MembershipDocument>(
  {
    _id: { type: String, required: true },
    conversationId: { type: String, required: true },
    userId: { type: String, required: true },
    readSeq: { type: Number, required: true },
    left: Number,
    touched: Date,
  },
  { collection: 'memberships', versionKey: false },
);
// What changed for a user alone since a moment is a range of this index.
membershipSchema.index({ userId: 1, touched: 1, _id: 1 });

export const membershipId = ({ conversationId, userId }: MarkerKey): string => `${conversationId}:${userId}`;
