import type { Entry, LogPage } from '../contract-types.ts';
import { hasCode, NatterClientError } from '../natter-client-error.ts';

export type ReadLog = (conversationId: string, after: number) => Promise<LogPage>;

/** Gives each entry of each conversation once, in the order of its log, and reads from the log what is missing. */
export class EntryOrder {
  readonly #readLog: ReadLog;
  readonly #revs: Map<string, number>;

  constructor(readLog: ReadLog, revs: Readonly<Record<string, number>> = {}) {
    this.#readLog = readLog;
    this.#revs = new Map(Object.entries(revs));
  }

  get revs(): Record<string, number> {
    return Object.fromEntries(this.#revs);
  }

  /** Up to where the entries of the conversation were given; undefined for one that was never heard of. */
  revOf(conversationId: string): number | undefined {
    return this.#revs.get(conversationId);
  }

  /** What comes up to that rev is known by other means. */
  begin(conversationId: string, rev: number): void {
    this.#revs.set(conversationId, rev);
  }

  forget(): void {
    this.#revs.clear();
  }

  /** The entry, with what is missing before it; nothing where it was given already. */
  async *upTo(entry: Entry): AsyncGenerator<Entry> {
    const known = this.#revs.get(entry.conversationId);
    // Whoever has just joined is given the log from there on.
    if (known !== undefined && known < entry.rev - 1) yield* this.#logUpTo(entry);
    yield* this.#next(entry);
  }

  /** The log from what was given last to its end. */
  async *rest(conversationId: string): AsyncGenerator<Entry> {
    for (let more = true; more; ) {
      const { data, page } = await this.#readLog(conversationId, this.#revs.get(conversationId) ?? 0);
      for (const entry of data) yield* this.#next(entry);
      more = page.hasAfter && data.length > 0;
    }
  }

  async *#logUpTo({ conversationId, rev }: Entry): AsyncGenerator<Entry> {
    try {
      while ((this.#revs.get(conversationId) ?? 0) < rev - 1) {
        const { data } = await this.#readLog(conversationId, this.#revs.get(conversationId) ?? 0);
        if (data.length === 0) throw behind(conversationId, rev);
        for (const entry of data) yield* this.#next(entry);
      }
    } catch (error) {
      // Whoever was removed meanwhile may not read it any more: they get what they still were given.
      if (!hasCode(error, 'conversation_not_found')) throw error;
    }
  }

  *#next(entry: Entry): Generator<Entry> {
    if (entry.rev <= (this.#revs.get(entry.conversationId) ?? 0)) return;
    this.#revs.set(entry.conversationId, entry.rev);
    yield entry;
  }
}

/** Whoever gives an entry can read it. */
function behind(conversationId: string, rev: number): NatterClientError {
  const message = `The log of ${conversationId} ends before its entry ${rev}`;
  return new NatterClientError({ code: 'unreadable_answer', message, retryable: true });
}
