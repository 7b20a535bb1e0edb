import { Schema } from 'mongoose';
import type { MarkerKey } from '../domain/projections.ts';

/** What a conversation is to one of its members. */
export interface MembershipDocument {
  /** `<conversation id>:<user id>` */
  _id: string;
  conversationId: string;
  userId: string;
  readSeq: number;
}

export const membershipSchema = new Schema<MembershipDocument>(
  {
    _id: { type: String, required: true },
    conversationId: { type: String, required: true },
    userId: { type: String, required: true },
    readSeq: { type: Number, required: true },
  },
  { collection: 'memberships', versionKey: false },
);

export const membershipId = ({ conversationId, userId }: MarkerKey): string => `${conversationId}:${userId}`;
