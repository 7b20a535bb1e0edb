import type { Clock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Rules } from './rules.ts';
import type { Scheduler } from './scheduler.ts';
import { Tables } from './tables.ts';
import type { Write } from './writes.ts';

interface Waiting {
  committed: () => void;
  lost: () => void;
}

interface Logged extends Partial<Waiting> {
  write: Write;
  stamp: number;
}

/**
 * A replica set as its clients see it: the primary takes writes in turn, a majority has them later and in the same
 * order, and when the primary is lost, whatever the majority does not have is gone.
 */
export class ReplicaSet {
  /** How often another server became the primary. */
  term = 1;
  #primary = new Tables();
  readonly #majority = new Tables();
  #oplog: Logged[] = [];
  readonly #rules: Rules;
  readonly #scheduler: Scheduler;
  readonly #faults: Faults;
  readonly #clock: Clock;
  readonly #onCommit: (write: Write) => void;

  constructor(
    rules: Rules,
    { scheduler, faults, clock }: { scheduler: Scheduler; faults: Faults; clock: Clock },
    onCommit: (write: Write) => void,
  ) {
    this.#rules = rules;
    this.#scheduler = scheduler;
    this.#faults = faults;
    this.#clock = clock;
    this.#onCommit = onCommit;
  }

  /** What a read finds. */
  get readable(): Tables {
    return this.#rules.readsFrom === 'majority' ? this.#majority : this.#primary;
  }

  /** Whether it was stored, for good or not yet. */
  has(entryId: string): boolean {
    return this.#primary.entries.some(({ id }) => id === entryId);
  }

  /** What can no longer be lost. */
  get durable(): Tables {
    return this.#majority;
  }

  /** @returns whether the primary did it. */
  write(write: Write): boolean {
    const stamp = this.#rules.stamped(this.#clock.now);
    const accepted = write.apply(this.#primary, this.#rules, stamp);
    if (accepted) {
      this.#oplog.push({ write, stamp });
      if (this.#oplog.length === 1) this.#commitSoon();
    }
    return accepted;
  }

  /** Tells when a majority has all that the primary has now, or will never have it. */
  whenCommitted(waiting: Waiting): void {
    const last = this.#oplog.at(-1);
    if (last === undefined || this.#rules.answersFor === 'primary') return waiting.committed();
    const { committed = nothing, lost = nothing } = last;
    last.committed = () => [committed, waiting.committed].forEach((tell) => tell());
    last.lost = () => [lost, waiting.lost].forEach((tell) => tell());
  }

  failOver(): void {
    const gone = this.#oplog;
    this.#oplog = [];
    this.#primary = this.#majority.copy();
    this.term += 1;
    this.#clock.change();
    for (const { lost } of gone) lost?.();
  }

  #commitSoon(): void {
    this.#scheduler.add('a majority catches up', () => this.#commit(), this.#faults.lag());
  }

  /** A majority has one write more. */
  #commit(): void {
    const logged = this.#oplog.shift();
    if (logged === undefined) return;
    logged.write.apply(this.#majority, this.#rules, logged.stamp);
    this.#onCommit(logged.write);
    logged.committed?.();
    if (this.#oplog.length > 0) this.#commitSoon();
  }
}

function nothing(): void {}
