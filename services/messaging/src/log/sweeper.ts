import type { ConversationLog } from '../domain/conversation-log.ts';
import type { Entry } from '../domain/entry.ts';
import type { Relay } from './relay.ts';

const maxSwept = 5_000;

export interface SweeperOptions {
  log: ConversationLog;
  relay: Relay;
  /** Brings the projections up to entries of one conversation. */
  restore: (entries: readonly Entry[]) => Promise<void>;
}

/**
 * Finishes what a process that died left behind: entries that were appended, but perhaps not projected, or not
 * published. An entry that carries its mark at two sweeps in a row, and is not on its way here, is such a one: no
 * clock is asked. (Another replica may have it in hand all the same: both steps bear repetition.)
 */
export class Sweeper {
  readonly #options: SweeperOptions;
  #seen = new Set<string>();

  constructor(options: SweeperOptions) {
    this.#options = options;
  }

  /**
   * One conversation that can't be restored holds up no other.
   *
   * @returns how many entries were left behind.
   * @throws what reading the log threw, or restoring one of the conversations.
   */
  async sweep(): Promise<number> {
    const { log, relay, restore } = this.#options;
    const marked = (await log.readMarked(maxSwept)).filter((entry) => !relay.holds(entry));
    const left = marked.filter((entry) => this.#seen.has(entry.id));
    this.#seen = new Set(marked.map((entry) => entry.id));
    const conversations = [...Map.groupBy(left, ({ conversationId }) => conversationId).values()];
    const results = await Promise.allSettled(conversations.map(restore));
    for (const [index, entries] of conversations.entries()) {
      if (results[index]?.status === 'fulfilled') relay.add(entries);
    }
    const failure = results.find((result) => result.status === 'rejected');
    if (failure) throw failure.reason;
    return left.length;
  }
}
