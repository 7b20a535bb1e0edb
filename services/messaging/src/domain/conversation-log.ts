import type { Entry, MessageChange } from './entry.ts';

/**
 * Where the logs are kept. What an implementation owes, the product's promise rests on:
 *
 * - `(conversationId, rev)` is unique, `(conversationId, seq)` is among messages, and so is
 *   `(conversationId, actorId, clientMessageId)` among entries with a key.
 * - What `append` counts as inserted survives the death of any process and machine.
 * - Nothing that a read gave is ever taken back, but for the texts that `redact` blanks.
 */
export interface ConversationLog {
  /**
   * Inserts entries, marked for relay, one after the other in the order given; each goes in whole or not at all,
   * and stops at the first that uniqueness refuses, with none after it inserted.
   *
   * @returns how many went in.
   * @throws {NatterError} `service_unavailable` when surely none went in; for whatever else went wrong
   *   `outcome_unknown`: any number of them may have gone in, or still may.
   */
  append(entries: readonly Entry[]): Promise<number>;

  /** The entries from `afterRev + 1` on, at most `limit`, in order. */
  readAfter(conversationId: string, afterRev: number, limit: number): Promise<Entry[]>;

  /** The entries after `afterRev` that change the message, in order. */
  readChanges(conversationId: string, seq: number, afterRev: number): Promise<MessageChange[]>;

  /** The entry that was appended with the key, by whom it belongs to. */
  findByKey(conversationId: string, actorId: string, clientMessageId: string): Promise<Entry | undefined>;

  /** Entries that still carry the mark, at most `limit`, those of one conversation in order. */
  readMarked(limit: number): Promise<Entry[]>;

  /** How many carry the mark; of more than `limit`, `limit`. */
  countMarked(limit: number): Promise<number>;

  /**
   * Takes the mark from entries and stamps them as published, in the same write, by the database's clock; without the
   * mark they may be stamped anew.
   */
  unmark(entries: readonly Entry[]): Promise<void>;

  /** Blanks the texts of a message, in its entry and in its edits, wherever they are kept; harmless when repeated. */
  redact(conversationId: string, seq: number): Promise<void>;
}
