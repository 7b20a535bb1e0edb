import { LRUCache } from 'lru-cache';
import type { ConversationLog } from '../domain/conversation-log.ts';
import type { Entry } from '../domain/entry.ts';
import type { ProjectionChange, Projections } from '../domain/projections.ts';
import { appendRuns, type Run, type RunOutcome } from './append-runs.ts';
import { Batcher } from './batcher.ts';
import type { Command, Outcome } from './command.ts';
import { Lane, type LaneServices } from './lane.ts';
import { catchUp, loadConversation } from './load-conversation.ts';

/** A lane that nobody wrote to for long is forgotten; it costs two reads to have it again. */
const lanesKept = 10_000;

/** How many conversations one insert serves at most. */
const maxRuns = 128;

export interface WriterOptions {
  log: ConversationLog;
  projections: Projections;
  now: () => Date;
  /** Takes over what is appended and projected, and sees to it that the other services hear of it. */
  relay: (entries: readonly Entry[]) => void;
}

/** The one way to append to conversations: many lanes, which share inserts and updates of the projections. */
export class ConversationWriter {
  readonly #log: ConversationLog;
  readonly #projections: Projections;
  readonly #services: LaneServices;
  readonly #lanes: LRUCache<string, Lane>;
  readonly #changes: Batcher<ProjectionChange, unknown>;

  constructor({ log, projections, now, relay }: WriterOptions) {
    this.#log = log;
    this.#projections = projections;
    const runs = new Batcher<Run, RunOutcome>((batch) => appendRuns(log, batch), maxRuns);
    this.#changes = new Batcher<ProjectionChange, unknown>(async (changes) => {
      await projections.apply(changes);
      return changes;
    }, maxRuns);
    this.#services = {
      now,
      load: (id) => projections.findConversation(id),
      readOn: (id, known) => catchUp(log, id, known),
      append: async (run) => {
        const outcome = await runs.add(run);
        if ('error' in outcome) throw outcome.error;
        return outcome.inserted;
      },
      findByKey: (...key) => log.findByKey(...key),
      publish: async (change) => {
        await this.#changes.add(change);
        relay(change.entries);
      },
      restore: (entry) => this.restore([entry]),
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
    const [first] = entries;
    if (first === undefined) return;
    const conversation = await loadConversation(this.#log, this.#projections, first.conversationId);
    if (conversation === undefined) throw new Error(`Conversation ${first.conversationId} has no beginning`);
    await this.#changes.add({ conversation, entries });
  }
}
