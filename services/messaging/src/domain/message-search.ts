import type { Message } from './message.ts';

/** A message that was found. */
export interface SearchHit {
  messageId: string;
  seq: number;
}

/** Which message, and at which rev. */
export interface MessagePlace {
  conversationId: string;
  seq: number;
  rev: number;
}

/**
 * Finds messages by terms (`search-terms.ts`). A projection that may be behind the log: what is found is to be read,
 * and may have changed or be gone.
 */
export interface MessageSearch {
  /**
   * Makes each message found by what it says at its rev, and a deleted one by nothing. May be done again, late, and
   * in any order: an older state never undoes a newer one.
   */
  index(messages: readonly Message[]): Promise<void>;

  /** Those that are found by nothing yet, or by what they said before that rev. */
  findBehind(places: readonly MessagePlace[]): Promise<MessagePlace[]>;

  /** At most `limit` messages of a conversation that have all terms, with a seq below `before`, newest first. */
  findIn(
    conversationId: string,
    terms: readonly string[],
    before: number,
    limit: number,
  ): Promise<SearchHit[]>;

  /**
   * At most `limit` messages that have all terms, of all the conversations that the user is a member of now, with an
   * id below `before`, newest (by id) first.
   */
  findForMember(
    userId: string,
    terms: readonly string[],
    before: string | undefined,
    limit: number,
  ): Promise<SearchHit[]>;
}
