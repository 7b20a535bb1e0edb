import { NatterError } from '@natter/contracts';
import type { Entry } from '../domain/entry.ts';
import type { Command, Outcome } from './command.ts';

/** A command on its way into the log. */
export class Pending {
  readonly command: Command;
  readonly outcome: Promise<Outcome>;
  /** How often its lane had begun to read the log when the command came. */
  readonly readsBefore: number;
  readonly #copies: Pending[] = [];
  #resolve!: (outcome: Outcome) => void;
  #reject!: (error: unknown) => void;
  #uncertain = false;

  constructor(command: Command, readsBefore: number) {
    this.command = command;
    this.readsBefore = readsBefore;
    this.outcome = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
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
    return true;
  }

  /** An append of it was not answered: from now on no failure may say that nothing happened. */
  markUncertain(): void {
    this.#uncertain = true;
  }

  /** `entry` is in the log under the command's id, or was already under its key. */
  landed(entry: Entry): void {
    for (const copy of this.#copies) copy.landed(entry);
    if (entry.id === this.command.id) this.#resolve({ entry, replayed: false });
    else if (entry.key?.bodyHash === this.command.key?.bodyHash) this.#resolve({ entry, replayed: true });
    else this.#reject(new NatterError('idempotency_key_reused'));
  }

  /** It will not be tried any more, because of `error`; an unanswered append of it may land even now. */
  failed(error: unknown): void {
    for (const copy of this.#copies) copy.failed(error);
    this.#reject(this.#uncertain ? new NatterError('outcome_unknown', { cause: error }) : error);
  }
}
