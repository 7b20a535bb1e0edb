import { AsyncResource } from 'node:async_hooks';
import { NatterError } from '@natter/contracts';
import type { Entry } from '../domain/entry.ts';
import type { Command, Outcome } from './command.ts';

/** What a command leaves behind. */
export type Left = Pick<Outcome, 'conversation' | 'message'>;

/** A command on its way into the log. */
export class Pending {
  readonly command: Command;
  readonly outcome: Promise<Outcome>;
  /** The asynchronous context of whoever gave the command. */
  readonly origin = new AsyncResource('Command');
  #readsBefore: number;
  readonly #copies: Pending[] = [];
  #resolve!: (outcome: Outcome) => void;
  #reject!: (error: unknown) => void;
  #uncertain = false;

  constructor(command: Command, readsBefore: number) {
    this.command = command;
    this.#readsBefore = readsBefore;
    this.outcome = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** How often its lane had begun to read the log when the command, or the last repeat of it, came. */
  get readsBefore(): number {
    return this.#readsBefore;
  }

  hasKeyOf(other: Pending): boolean {
    const key = this.command.key?.clientMessageId;
    return (
      key !== undefined &&
      key === other.command.key?.clientMessageId &&
      this.command.actorId === other.command.actorId
    );
  }

  /** Lets a repeat of this command, same key and same body, share its outcome. @returns whether it is one. */
  adopt(copy: Pending): boolean {
    if (copy.command.key?.bodyHash !== this.command.key?.bodyHash) return false;
    this.#copies.push(copy);
    // What is decided for all of them must not rest on a state from before the last of them came.
    this.#readsBefore = Math.max(this.#readsBefore, copy.readsBefore);
    return true;
  }

  /** An append of it was not answered: from now on no failure may say that nothing happened. */
  markUncertain(): void {
    this.#uncertain = true;
  }

  /** `entry` is in the log under the command's id, or was already under its key. */
  landed(entry: Entry, left: Left): void {
    for (const copy of this.#copies) copy.landed(entry, left);
    if (entry.id === this.command.id) this.#resolve({ entry, replayed: false, ...left });
    else if (entry.key?.bodyHash === this.command.key?.bodyHash)
      this.#resolve({ entry, replayed: true, ...left });
    else this.#reject(new NatterError('idempotency_key_reused'));
  }

  /** There is nothing to append. */
  settled(left: Left): void {
    for (const copy of this.#copies) copy.settled(left);
    this.#resolve({ replayed: false, ...left });
  }

  /** It will not be tried any more, because of `error`; an unanswered append of it may land even now. */
  failed(error: unknown): void {
    for (const copy of this.#copies) copy.failed(error);
    this.#reject(this.#uncertain ? new NatterError('outcome_unknown', { cause: error }) : error);
  }
}
