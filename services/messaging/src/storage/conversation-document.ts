import { type mongo, Schema } from 'mongoose';
import type { Conversation, Member } from '../domain/conversation.ts';
import type { ConversationOverview } from '../domain/conversation-overview.ts';

export interface ConversationDocument {
  _id: string;
  kind: Conversation['kind'];
  title: string | null;
  members: Member[];
  /** How many `members` has, for whoever reads only some of them. */
  memberCount: number;
  joins: number;
  rev: number;
  seq: number;
  lastMessageId: string | null;
  active: Date;
  updated: Date;
  /** When it changed last, by the database's clock. Only writes stamp it, and only lists of changes read it. */
  touched?: Date;
}

const memberSchema = {
  _id: false,
  id: { type: String, required: true },
  role: { type: String, required: true },
  joined: { type: Number, required: true },
};

export const conversationSchema = new Schema<ConversationDocument>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    title: { type: String },
    members: [memberSchema],
    memberCount: { type: Number, required: true },
    joins: { type: Number, required: true },
    rev: { type: Number, required: true },
    seq: { type: Number, required: true },
    lastMessageId: { type: String },
    active: { type: Date, required: true },
    updated: { type: Date, required: true },
    touched: Date,
  },
  { collection: 'conversations', versionKey: false },
);
// A member's conversations, the latest active first, are a range of this index.
conversationSchema.index({ 'members.id': 1, active: -1, _id: -1 });
// What of them changed since a moment is one of this.
conversationSchema.index({ 'members.id': 1, touched: 1, _id: 1 });
// All of them, however they change meanwhile.
conversationSchema.index({ 'members.id': 1, _id: 1 });

export function documentOf({ id: _id, ...conversation }: Conversation): ConversationDocument {
  const members = [...conversation.members];
  return { _id, ...conversation, members, memberCount: members.length };
}

export function conversationOf({
  _id: id,
  memberCount: _,
  touched: _touched,
  ...document
}: ConversationDocument): Conversation {
  return { id, ...document };
}

export function overviewOf({
  _id: id,
  members: firstMembers,
  joins: _,
  touched: _touched,
  ...document
}: ConversationDocument): ConversationOverview {
  return { id, firstMembers, ...document };
}

/** The write that puts a state in place and stamps it; the filter says in place of what. */
export function touchingWrite({
  _id: _,
  ...state
}: ConversationDocument): mongo.UpdateFilter<ConversationDocument> {
  return { $set: state, $currentDate: { touched: true } };
}
