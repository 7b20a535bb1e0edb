import { LRUCache } from 'lru-cache';
import type { ConversationLog } from '../domain/conversation-log.ts';
import { type Entry, isMessageChange, messageSeqOf } from '../domain/entry.ts';
import type { ProjectionChange, Projections } from '../domain/projections.ts';
import { appendRuns, type Run, type RunOutcome } from './append-runs.ts';
import { applyInTime } from './apply-in-time.ts';
import { Batcher } from './batcher.ts';
import type { Command, Outcome } from './command.ts';
import { Lane, type LaneServices } from './lane.ts';
import { catchUp, loadConversation } from './load-conversation.ts';
import { loadMessage } from './load-message.ts';
import { mergeChanges } from './merge-changes.ts';
import type { Left } from './pending.ts';

/** How many conversations one insert serves at most. */
const maxRuns = 128;

export interface WriterOptions {
  log: ConversationLog;
  projections: Projections;
  now: () => Date;
  /** Milliseconds by a clock that nobody sets. */
  elapsed: () => number;
  /** Resolves when it makes sense to ask a log again that left an append unanswered. */
  pause: () => Promise<void>;
  /** Whether one of a direct conversation's members keeps the other from writing. */
  isRefused: (memberIds: readonly string[]) => Promise<boolean>;
  /** Takes over what is appended and projected, and sees to it that the other services hear of it. */
  relay: (entries: readonly Entry[]) => void;
  /** A lane that nobody wrote to for long is forgotten; it costs two reads to have it again. */
  lanesKept?: number;
}

/** The one way to append to conversations: many lanes, which share inserts and updates of the projections. */
export class ConversationWriter {
  readonly #log: ConversationLog;
  readonly #projections: Projections;
  readonly #services: LaneServices;
  readonly #lanes: LRUCache<string, Lane>;
  readonly #changes: Batcher<ProjectionChange, unknown>;

  constructor({ log, projections, now, elapsed, pause, isRefused, relay, lanesKept = 2_000 }: WriterOptions) {
    this.#log = log;
    this.#projections = projections;
    const runs = new Batcher<Run, RunOutcome>((batch) => appendRuns(log, batch), maxRuns);
    this.#changes = new Batcher<ProjectionChange, unknown>(async (changes) => {
      const merged = mergeChanges(changes);
      await applyInTime(projections, merged, elapsed);
      await redactDeleted(log, merged);
      return changes;
    }, maxRuns);
    this.#services = {
      now,
      pause,
      isRefused,
      load: (id) => projections.findConversation(id),
      readOn: (id, known, wantedIds) => catchUp(log, id, known, wantedIds),
      loadMessage: (id, seq) => loadMessage(log, projections, id, seq),
      append: async (run) => {
        const outcome = await runs.add(run);
        if ('error' in outcome) throw outcome.error;
        return outcome.inserted;
      },
      findByKey: (...key) => log.findByKey(...key),
      publish: async (change) => {
        await this.#changes.add(change);
        if (change.entries.length > 0) relay(change.entries);
      },
      restore: (entry) => this.#restoreOne(entry),
    };
    this.#lanes = new LRUCache({
      max: lanesKept,
      memoMethod: (conversationId) => new Lane(conversationId, this.#services),
    });
  }

  /**
   * Resolves when the command's entries are stored and everyone can read them.
   *
   * @throws {NatterError} what the command decided; `service_unavailable` when nothing was appended;
   *   `outcome_unknown` when that is not known.
   */
  execute(command: Command): Promise<Outcome> {
    return this.#lanes.memo(command.conversationId).submit(command);
  }

  /** Brings the projections up to entries of one conversation that somebody appended, at whatever time. */
  async restore(entries: readonly Entry[]): Promise<void> {
    const changed = entries.filter(isMessageChange).map(({ data }) => data.seq);
    if (entries.length > 0) await this.#restore(entries, changed);
  }

  /** Everyone sees the message as the answer shows it, even where the entry is not its latest. */
  async #restoreOne(entry: Entry): Promise<Left> {
    const seq = messageSeqOf(entry);
    const { conversation, messages } = await this.#restore([entry], seq === undefined ? [] : [seq]);
    return { conversation, message: messages[0] };
  }

  async #restore(entries: readonly Entry[], seqs: readonly number[]): Promise<ProjectionChange> {
    const { conversationId } = entries[0] as Entry;
    const [conversation, ...messages] = await Promise.all([
      loadConversation(this.#log, this.#projections, conversationId),
      ...[...new Set(seqs)].map((seq) => loadMessage(this.#log, this.#projections, conversationId, seq)),
    ]);
    if (conversation === undefined) throw new Error(`Conversation ${conversationId} has no beginning`);
    const change = {
      conversation,
      entries,
      messages: messages.filter((message) => message !== undefined),
      restored: true as const,
    };
    await this.#changes.add(change);
    return change;
  }
}

/**
 * A deletion is acknowledged only once the text is nowhere any more. It goes after the projections say why: a message
 * that they have no state of is read from its entry, and would be shown blank without being shown as deleted.
 */
async function redactDeleted(log: ConversationLog, changes: readonly ProjectionChange[]): Promise<void> {
  const deleted = changes.flatMap(({ messages }) => messages).filter((message) => message.deleted !== null);
  await Promise.all(deleted.map(({ conversationId, seq }) => log.redact(conversationId, seq)));
}
