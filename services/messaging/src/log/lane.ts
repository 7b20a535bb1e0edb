import { NatterError } from '@natter/contracts';
import { type Conversation, evolve } from '../domain/conversation.ts';
import { type Entry, isMessageChange } from '../domain/entry.ts';
import type { Message } from '../domain/message.ts';
import type { ProjectionChange } from '../domain/projections.ts';
import type { Command, Outcome } from './command.ts';
import type { CaughtUp } from './load-conversation.ts';
import { type Left, Pending } from './pending.ts';
import { type Known, type Planned, planRound, type Unplanned } from './plan-round.ts';

/** What a lane needs of the world around it. */
export interface LaneServices {
  now(): Date;
  /** The conversation at some rev, as a head start. */
  load(conversationId: string): Promise<Conversation | undefined>;
  /** The conversation at its head, and those of the wanted entries that were read on the way from a known state. */
  readOn(
    conversationId: string,
    known: Conversation | undefined,
    wantedIds: ReadonlySet<string>,
  ): Promise<CaughtUp>;
  /** The message at its head. */
  loadMessage(conversationId: string, seq: number): Promise<Message | undefined>;
  /** Whether one of these, a direct conversation's members, keeps the other from writing. */
  isRefused(memberIds: readonly string[]): Promise<boolean>;
  /** Resolves when it makes sense to ask a log again that left an append unanswered. */
  pause(): Promise<void>;
  /** @returns how many of the entries went in. @throws as `ConversationLog.append` does. */
  append(run: readonly Entry[]): Promise<number>;
  findByKey(conversationId: string, actorId: string, clientMessageId: string): Promise<Entry | undefined>;
  /** Resolves once everyone can read the change. */
  publish(change: ProjectionChange): Promise<void>;
  /** The same for an entry that somebody appended some time ago. @returns what is there now. */
  restore(entry: Entry): Promise<Left>;
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
      const [first] = round;
      // In the trace of its first command: that of whoever woke the lane may be long over.
      if (first) await first.origin.runInAsyncScope(() => this.#runRound(round));
    }
    this.#running = false;
  }

  async #runRound(round: readonly Pending[]): Promise<void> {
    const waiting = this.#behind ? await this.#readOn(round) : round;
    const known = await this.#know(waiting);
    if (known !== undefined) this.#waiting.unshift(...(await this.#decide(waiting, known)));
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
      const own = new Set(round.map(({ command }) => command.id));
      const { conversation, found } = await this.#services.readOn(
        this.#conversationId,
        this.#conversation,
        own,
      );
      this.#conversation = conversation;
      this.#behind = false;
      return round.filter((pending) => !this.#isIn(found, pending));
    } catch (error) {
      for (const pending of round) pending.failed(error);
      return [];
    }
  }

  /** Whether an append of the command that was not answered has gone in after all; then that is its answer. */
  #isIn(found: ReadonlyMap<string, Entry>, pending: Pending): boolean {
    const entry = found.get(pending.command.id);
    if (entry !== undefined) void this.#restore(pending, entry);
    return entry !== undefined;
  }

  /** What the round decides on. Messages are read after the conversation was, and so are as new as that, or newer. */
  async #know(round: readonly Pending[]): Promise<Known | undefined> {
    const conversation = this.#conversation;
    const seqs = new Set(round.flatMap(({ command }) => command.about ?? []));
    try {
      const [refused, ...messages] = await Promise.all([
        this.#isRefused(round),
        ...[...seqs].map((seq) => this.#services.loadMessage(this.#conversationId, seq)),
      ]);
      const found = messages.filter((message) => message !== undefined);
      return {
        conversationId: this.#conversationId,
        conversation,
        messages: new Map(found.map((message) => [message.seq, message])),
        refused,
        at: this.#services.now(),
      };
    } catch (error) {
      for (const pending of round) pending.failed(error);
      return undefined;
    }
  }

  async #isRefused(round: readonly Pending[]): Promise<boolean> {
    const founders = round.flatMap(({ command }) => command.founders ?? []);
    const { kind, members } = this.#conversation ?? { kind: 'direct', members: [] };
    if (kind === 'group') return false;
    const ids = new Set([...members.map(({ id }) => id), ...founders]);
    return ids.size > 1 && (await this.#services.isRefused([...ids]));
  }

  /** @returns those who have to try again, in their order. */
  async #decide(round: readonly Pending[], known: Known): Promise<Pending[]> {
    const { planned, unplanned } = planRound(round, known);
    const unsure = await this.#answer(unplanned);
    return [...(await this.#append(planned)), ...unsure];
  }

  /** Answers what appends nothing. @returns those of which that is not sure. */
  async #answer(unplanned: readonly Unplanned[]): Promise<Pending[]> {
    const unsure: Pending[] = [];
    for (const { pending, message, refusal, onLog } of unplanned) {
      if (refusal !== undefined && !(refusal instanceof NatterError)) pending.failed(refusal);
      // It must not rest on a state from before the command came, nor on entries that are not in the log yet.
      else if (!onLog || this.#reads <= pending.readsBefore) unsure.push(pending);
      else if (refusal !== undefined) await this.#refuse(pending, refusal);
      else void this.#settle(pending, message);
    }
    if (unsure.length > 0) this.#behind = true;
    return unsure;
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
      return await this.#loseSight(planned, error);
    }
    const inserted = run.slice(0, count);
    for (const entry of inserted) this.#conversation = evolve(this.#conversation, entry);
    const landed = planned.filter(({ entries }) => entries.every((entry) => inserted.includes(entry)));
    if (inserted.length > 0) void this.#finish(landed, inserted);
    const [refused, ...others] = planned.slice(landed.length).map(({ pending }) => pending);
    if (refused === undefined) return [];
    if (await this.#replay(refused)) return others;
    this.#behind = true;
    return [refused, ...others];
  }

  /** Nobody knows what went in: the log will tell, unless it is known that nothing did. */
  async #loseSight(planned: readonly Planned[], error: unknown): Promise<Pending[]> {
    const round = planned.map(({ pending }) => pending);
    this.#behind = true;
    if (error instanceof NatterError && error.code === 'outcome_unknown') {
      for (const pending of round) pending.markUncertain();
      await this.#services.pause();
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
      await this.#restore(pending, entry);
    } catch (error) {
      pending.failed(error);
    }
    return true;
  }

  /** Answers with an entry that has been in the log for some time. */
  async #restore(pending: Pending, entry: Entry): Promise<void> {
    try {
      pending.landed(entry, await this.#services.restore(entry));
    } catch (error) {
      pending.failed(error);
    }
  }

  /** Answers that all is as it should be, once everyone sees that it is. */
  async #settle(pending: Pending, message: Message | undefined): Promise<void> {
    const conversation = this.#conversation as Conversation;
    try {
      await this.#services.publish({ conversation, entries: [], messages: message ? [message] : [] });
      pending.settled({ conversation, message });
    } catch (error) {
      pending.failed(error);
    }
  }

  async #finish(landed: readonly Planned[], entries: readonly Entry[]): Promise<void> {
    const conversation = this.#conversation as Conversation;
    const changed = landed.flatMap((plan) =>
      plan.entries.some(isMessageChange) ? (plan.message ?? []) : [],
    );
    const messages = [...new Map(changed.map((message) => [message.seq, message])).values()];
    try {
      await this.#services.publish({ conversation, entries, messages });
      for (const plan of landed) plan.pending.landed(plan.entries.at(-1) as Entry, plan);
    } catch (error) {
      for (const { pending } of landed) {
        pending.markUncertain();
        pending.failed(error);
      }
    }
  }
}
