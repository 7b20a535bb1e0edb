import { Schema } from 'mongoose';
import type { Message } from '../domain/message.ts';
import { termsOf } from '../domain/search-terms.ts';

/** What a message can be found by. That of a deleted one stays, without terms: nothing late can bring them back. */
export interface SearchDocument {
  /** `<conversation id>:<seq>` */
  _id: string;
  conversationId: string;
  seq: number;
  messageId: string;
  rev: number;
  terms: string[];
}

export const searchSchema = new Schema<SearchDocument>(
  {
    _id: { type: String, required: true },
    conversationId: { type: String, required: true },
    seq: { type: Number, required: true },
    messageId: { type: String, required: true },
    rev: { type: Number, required: true },
    terms: { type: [String], required: true },
  },
  { collection: 'search', versionKey: false },
);
searchSchema.index({ conversationId: 1, terms: 1, seq: -1 });
searchSchema.index({ conversationId: 1, terms: 1, messageId: -1 });

export function searchKeyOf({ conversationId, seq }: Pick<Message, 'conversationId' | 'seq'>): string {
  return `${conversationId}:${seq}`;
}

/** Depends on nothing but the message's state. */
export function searchDocumentOf(message: Message): SearchDocument {
  const { id: messageId, conversationId, seq, rev, content, deleted } = message;
  const terms = deleted === null ? termsOf(content) : [];
  return { _id: searchKeyOf(message), conversationId, seq, messageId, rev, terms };
}
