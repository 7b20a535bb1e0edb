import type { Entry, MessageChange } from './entry.ts';
import type { CurrentMessage } from './message.ts';

/** An entry, and what is kept beside it. */
export interface ArchivedEntry {
  entry: Entry;
  /** Of a message that was changed: its projection. */
  current?: CurrentMessage | undefined;
  /** It may not have been published yet. */
  marked: boolean;
}

/** The logs for whoever goes through all of them, however long they are: nothing comes in one piece. */
export interface LogArchive {
  /** The ids of the conversations with a log, each once, in order; a part may be empty. */
  conversationIds(): AsyncIterable<readonly string[]>;

  /** Those of the conversations that have a log. */
  withLog(conversationIds: readonly string[]): Promise<ReadonlySet<string>>;

  /** A log from its beginning, in the order of the revs. */
  entriesOf(conversationId: string): AsyncIterable<readonly ArchivedEntry[]>;

  /** What changed these messages, by their seq, in the order of the revs. */
  changesOf(conversationId: string, seqs: readonly number[]): Promise<Map<number, MessageChange[]>>;

  /** Those of the seqs that are messages. */
  sentAmong(conversationId: string, seqs: readonly number[]): Promise<ReadonlySet<number>>;
}
