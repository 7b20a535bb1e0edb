import type { Entry } from '@natter/contracts';
import type { LiveEntry } from './live-events.ts';

/** Pushes that are kept while those before them are read; beyond them, they are read, too. */
const mostHeld = 128;

/** A part of a log, and the conversation's latest rev when it was read. */
export interface LogPart {
  readonly entries: readonly Entry[];
  readonly rev: number;
}

/** What a conversation's feed needs of the world around it. */
export interface ConversationFeedOptions {
  readonly id: string;
  /** @throws where that could not be done for so long that nobody is to wait any longer. */
  readonly readOn: (conversationId: string, after: number) => Promise<LogPart>;
  /** Takes each entry once, rev after rev. */
  readonly deliver: (entry: LiveEntry) => void;
}

/**
 * The log of one conversation as it grows, rev after rev from some rev on. It is told of entries as they come, in any
 * order, repeatedly, and not of all of them: what is missing it reads.
 */
export class ConversationFeed {
  readonly #options: ConversationFeedOptions;
  /** The latest that was delivered; undefined until it is known where to begin. */
  #rev: number | undefined;
  /** As far as the log is known to go. */
  #head = 0;
  #held: Map<number, Entry> | undefined;
  #reading: Promise<void> | undefined;

  constructor(options: ConversationFeedOptions) {
    this.#options = options;
  }

  get id(): string {
    return this.#options.id;
  }

  get rev(): number | undefined {
    return this.#rev;
  }

  /**
   * What comes after `rev` is to be delivered; where it has begun before, it goes on from where it is. Resolves when it
   * is at `rev` at least.
   *
   * @throws what reading on threw.
   */
  begin(rev: number): Promise<void> {
    this.#rev ??= rev;
    this.#deliverHeld();
    return this.reach(rev);
  }

  /** Told of an entry. */
  offer(entry: Entry): void {
    if (entry.rev <= (this.#rev ?? 0)) return;
    this.#head = Math.max(this.#head, entry.rev);
    if (entry.rev === (this.#rev ?? Number.NaN) + 1) this.#deliver(entry);
    else this.#hold(entry);
    this.#deliverHeld();
  }

  /** The log goes up to `rev` at least. Resolves when all up to there is delivered. @throws as `begin`. */
  async reach(rev: number): Promise<void> {
    this.#head = Math.max(this.#head, rev);
    while (this.isBehind) await this.readOn();
  }

  /** Whether entries are known of that were not delivered. */
  get isBehind(): boolean {
    return this.#rev !== undefined && this.#rev < this.#head;
  }

  /** Reads one page further, together with whoever wants that at the same time. @throws as `begin`. */
  readOn(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    const told = this.#head;
    const { entries, rev } = await this.#options.readOn(this.#options.id, this.#rev ?? 0);
    for (const entry of entries) this.offer(entry);
    if (entries.length > 0 || this.#head !== told) this.#head = Math.max(this.#head, rev);
    // What is told of can be read: a log that ends before is another one, from an earlier moment.
    else this.#head = this.#rev ?? 0;
  }

  #hold(entry: Entry): void {
    this.#held ??= new Map();
    if (this.#held.size < mostHeld) this.#held.set(entry.rev, entry);
  }

  #deliver(entry: Entry): void {
    this.#rev = entry.rev;
    this.#options.deliver({ entry, json: JSON.stringify(entry) });
  }

  #deliverHeld(): void {
    if (this.#held === undefined || this.#rev === undefined) return;
    for (let next = this.#held.get(this.#rev + 1); next !== undefined; next = this.#held.get(this.#rev + 1)) {
      this.#deliver(next);
    }
    for (const rev of this.#held.keys()) if (rev <= this.#rev) this.#held.delete(rev);
    if (this.#held.size === 0) this.#held = undefined;
  }
}
