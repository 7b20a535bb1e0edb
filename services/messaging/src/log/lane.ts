import { NatterError } from '@natter/contracts';
import { type Conversation, evolve, seqAfter } from '../domain/conversation.ts';
import type { Entry } from '../domain/entry.ts';
import type { ProjectionChange } from '../domain/projections.ts';
import type { Command, Outcome } from './command.ts';
import { Pending } from './pending.ts';

/** What a lane needs of the world around it. */
export interface LaneServices {
  now(): Date;
  /** The conversation at some rev, as a head start. */
  load(conversationId: string): Promise<Conversation | undefined>;
  /** The conversation at its head, and what was read to get there from a known state. */
  readOn(
    conversationId: string,
    known: Conversation | undefined,
  ): Promise<{ conversation: Conversation | undefined; entries: readonly Entry[] }>;
  /** @returns how many of the entries went in. @throws as `ConversationLog.append` does. */
  append(run: readonly Entry[]): Promise<number>;
  findByKey(conversationId: string, actorId: string, clientMessageId: string): Promise<Entry | undefined>;
  /** Resolves once everyone can read the change. */
  publish(change: ProjectionChange): Promise<void>;
  /** The same for an entry that somebody appended some time ago. */
  restore(entry: Entry): Promise<void>;
}

interface Planned {
  pending: Pending;
  entries: readonly Entry[];
}

/** At most this many commands in one append: more would make each of them wait longer for the one insert. */
const maxRound = 64;

/**
 * The way into one conversation's log, of which each process has its own. It keeps the state that it last knew,
 * decides on it whatever waits, and appends that at the following revs. If somebody else appended there first,
 * the log refuses; then the lane reads on and decides again (compare-and-set). So a state that is behind costs a
 * round, and never lets anything wrong in.
 */
export class Lane {
  readonly #conversationId: string;
  readonly #services: LaneServices;
  #conversation: Conversation | undefined;
  #loaded = false;
  #behind = true;
  #reads = 0;
  #waiting: Pending[] = [];
  #running = false;

  constructor(conversationId: string, services: LaneServices) {
    this.#conversationId = conversationId;
    this.#services = services;
  }

  submit(command: Command): Promise<Outcome> {
    const pending = new Pending(command, this.#reads);
    this.#waiting.push(pending);
    if (!this.#running) void this.#run();
    return pending.outcome;
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      const round = this.#takeRound();
      const waiting = this.#behind ? await this.#readOn(round) : round;
      const { planned, unsure } = await this.#plan(waiting);
      const again = await this.#append(planned);
      this.#waiting.unshift(...again, ...unsure);
    }
    this.#running = false;
  }

  /** Takes what is still waited for, each key once. */
  #takeRound(): Pending[] {
    const round: Pending[] = [];
    const later: Pending[] = [];
    for (const pending of this.#waiting.splice(0, maxRound)) {
      const first = round.find((other) => pending.hasKeyOf(other));
      if (pending.command.deadline.expired) pending.failed(new NatterError('service_unavailable'));
      else if (first === undefined) round.push(pending);
      else if (!first.adopt(pending)) later.push(pending);
    }
    this.#waiting.unshift(...later);
    return round;
  }

  /** Catches up with the log. @returns those of the round whose entry was not found there. */
  async #readOn(round: readonly Pending[]): Promise<readonly Pending[]> {
    this.#reads += 1;
    try {
      // Once only: beyond a later head start an own entry, whose append was not answered, would not be seen.
      if (!this.#loaded) this.#conversation = await this.#services.load(this.#conversationId);
      this.#loaded = true;
      const { conversation, entries } = await this.#services.readOn(this.#conversationId, this.#conversation);
      this.#conversation = conversation;
      this.#behind = false;
      const read = new Map(entries.map((entry) => [entry.id, entry]));
      const landed = round.filter(({ command }) => read.has(command.id));
      if (landed.length > 0) void this.#finish(landed, entries);
      return round.filter(({ command }) => !read.has(command.id));
    } catch (error) {
      for (const pending of round) pending.failed(error);
      return [];
    }
  }

  /** Decides each command on the state that those before it leave. */
  async #plan(round: readonly Pending[]): Promise<{ planned: Planned[]; unsure: Pending[] }> {
    const planned: Planned[] = [];
    const unsure: Pending[] = [];
    let state = this.#conversation;
    for (const pending of round) {
      try {
        const entries = this.#decide(pending.command, state);
        for (const entry of entries) state = evolve(state, entry);
        planned.push({ pending, entries });
      } catch (error) {
        const isFinal = this.#reads > pending.readsBefore && planned.length === 0;
        if (!(error instanceof NatterError)) pending.failed(error);
        else if (isFinal) await this.#refuse(pending, error);
        else unsure.push(pending);
      }
    }
    // A refusal must not rest on a state from before the command came, nor on entries that are not in the log yet.
    if (unsure.length > 0) this.#behind = true;
    return { planned, unsure };
  }

  #decide(command: Command, state: Conversation | undefined): Entry[] {
    let { rev, seq } = state ?? { rev: 0, seq: 0 };
    const at = this.#services.now();
    return command.decide(state).map((draft) => {
      rev += 1;
      seq = seqAfter(seq, draft);
      const key = draft.id === command.id ? command.key : undefined;
      return { ...draft, conversationId: this.#conversationId, rev, seq, actorId: command.actorId, at, key };
    });
  }

  /** What was done before is answered as it was then, even where the state would not allow it now. */
  async #refuse(pending: Pending, error: NatterError): Promise<void> {
    const hidden = error.code === 'conversation_not_found';
    if (hidden || !(await this.#replay(pending))) pending.failed(error);
  }

  /** @returns those who have to try again, in their order. */
  async #append(planned: readonly Planned[]): Promise<Pending[]> {
    if (planned.length === 0) return [];
    const run = planned.flatMap(({ entries }) => entries);
    let count: number;
    try {
      count = await this.#services.append(run);
    } catch (error) {
      return this.#loseSight(planned, error);
    }
    const inserted = run.slice(0, count);
    for (const entry of inserted) this.#conversation = evolve(this.#conversation, entry);
    const pending = planned.map((plan) => plan.pending);
    const landed = planned.filter(({ entries }) => entries.every((entry) => inserted.includes(entry))).length;
    if (inserted.length > 0) void this.#finish(pending.slice(0, landed), inserted);
    const [refused, ...others] = pending.slice(landed);
    if (refused === undefined) return [];
    if (await this.#replay(refused)) return others;
    this.#behind = true;
    return [refused, ...others];
  }

  /** Nobody knows what went in: the log will tell, unless it is known that nothing did. */
  #loseSight(planned: readonly Planned[], error: unknown): Pending[] {
    const round = planned.map(({ pending }) => pending);
    this.#behind = true;
    if (error instanceof NatterError && error.code === 'outcome_unknown') {
      for (const pending of round) pending.markUncertain();
      return round;
    }
    for (const pending of round) pending.failed(error);
    return [];
  }

  /** Answers with what the log has under the command's key. @returns whether the command is done with. */
  async #replay(pending: Pending): Promise<boolean> {
    const { key, actorId } = pending.command;
    if (key === undefined) return false;
    try {
      const entry = await this.#services.findByKey(this.#conversationId, actorId, key.clientMessageId);
      if (entry === undefined) return false;
      await this.#services.restore(entry);
      pending.landed(entry);
    } catch (error) {
      pending.failed(error);
    }
    return true;
  }

  async #finish(landed: readonly Pending[], entries: readonly Entry[]): Promise<void> {
    const conversation = this.#conversation as Conversation;
    const byId = new Map(entries.map((entry) => [entry.id, entry]));
    try {
      await this.#services.publish({ conversation, entries });
      for (const pending of landed) pending.landed(byId.get(pending.command.id) as Entry);
    } catch (error) {
      for (const pending of landed) {
        pending.markUncertain();
        pending.failed(error);
      }
    }
  }
}
