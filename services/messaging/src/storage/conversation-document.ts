import { Schema } from 'mongoose';
import type { Conversation } from '../domain/conversation.ts';
import type { Membership } from '../domain/entry.ts';

export interface ConversationDocument {
  _id: string;
  kind: Conversation['kind'];
  title: string | null;
  members: Membership[];
  rev: number;
  seq: number;
  updated: Date;
}

export const conversationSchema = new Schema<ConversationDocument>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    title: { type: String },
    members: [{ _id: false, id: { type: String, required: true }, role: { type: String, required: true } }],
    rev: { type: Number, required: true },
    seq: { type: Number, required: true },
    updated: { type: Date, required: true },
  },
  { collection: 'conversations', versionKey: false },
);

export function conversationOf({ _id: id, ...document }: ConversationDocument): Conversation {
  return { id, ...document };
}
