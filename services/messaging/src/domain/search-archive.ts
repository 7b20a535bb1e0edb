import type { Message } from './message.ts';
import { termsOf } from './search-terms.ts';

/** What a message can be found by, as of its rev. */
export interface SearchedMessage {
  conversationId: string;
  seq: number;
  messageId: string;
  rev: number;
  terms: readonly string[];
}

/** The search's projection for whoever checks and repairs it; what goes for `ProjectionArchive` goes for it. */
export interface SearchArchive {
  /** Of whatever conversations something is kept; a part may repeat what one before it had. */
  conversationIds(): AsyncIterable<readonly string[]>;

  /** The seqs of which something is kept. */
  seqsOf(conversationId: string): AsyncIterable<readonly number[]>;

  /** What is kept of these messages, by their seq. */
  find(conversationId: string, seqs: readonly number[]): Promise<Map<number, SearchedMessage>>;

  /** Puts the message's state in place of the one at `seenRev`; with none seen, where there is none. */
  replace(message: Message, seenRev: number | undefined): Promise<void>;

  remove(conversationId: string, seqs: readonly number[]): Promise<void>;
}

/** A deleted message is found by nothing. */
export function searchedMessage(message: Message): SearchedMessage {
  const { id: messageId, conversationId, seq, rev, content, deleted } = message;
  return { conversationId, seq, messageId, rev, terms: deleted === null ? termsOf(content) : [] };
}
