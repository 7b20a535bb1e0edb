import { type Conversation, evolve, isMember, seqAfter } from '../domain/conversation.ts';
import { type Entry, messageSeqOf } from '../domain/entry.ts';
import { evolveMessage, type Message } from '../domain/message.ts';
import type { Violations } from './violation.ts';

/** One conversation's log as a majority got it, and its fold at every rev. */
class Annals {
  readonly entries: Entry[] = [];
  readonly #states: Conversation[] = [];
  readonly #messages = new Map<number, Message[]>();

  get head(): number {
    return this.entries.length;
  }

  at(rev: number): Conversation | undefined {
    return this.#states[rev - 1];
  }

  messageAt(seq: number, rev: number): Message | undefined {
    return this.#messages.get(seq)?.findLast((message) => message.rev <= rev);
  }

  append(entry: Entry): void {
    this.entries.push(entry);
    this.#states.push(evolve(this.#states.at(-1), entry));
    const seq = messageSeqOf(entry);
    if (seq === undefined) return;
    const versions = this.#messages.get(seq) ?? [];
    this.#messages.set(seq, [...versions, evolveMessage(versions.at(-1), entry)]);
  }
}

/** What really happened: every entry in the order in which it became durable. Checks the log as it grows. */
export class Chronicle {
  readonly #annals = new Map<string, Annals>();
  readonly #ids = new Set<string>();
  readonly #violations: Violations;

  constructor(violations: Violations) {
    this.#violations = violations;
  }

  get conversationIds(): string[] {
    return [...this.#annals.keys()];
  }

  of(conversationId: string): Annals {
    const annals = this.#annals.get(conversationId) ?? new Annals();
    this.#annals.set(conversationId, annals);
    return annals;
  }

  has(entryId: string): boolean {
    return this.#ids.has(entryId);
  }

  append(entry: Entry): void {
    const annals = this.of(entry.conversationId);
    if (!this.#check(entry, annals)) return;
    this.#ids.add(entry.id);
    annals.append(entry);
  }

  #check(entry: Entry, annals: Annals): boolean {
    const { rev, seq, actorId, type, key } = entry;
    const { head, entries } = annals;
    const before = annals.at(head);
    const said = () => `entry ${rev} (seq ${seq}, ${type}) of ${actorId} after rev ${head}`;
    const hasItsKey = (other: Entry) =>
      other.actorId === actorId && other.key?.clientMessageId === key?.clientMessageId;
    return (
      this.#violations.expect(rev === head + 1, 'revs are dense', said) &&
      this.#violations.expect(seq === seqAfter(before?.seq ?? 0, entry), 'seqs are dense', said) &&
      this.#violations.expect(
        key === undefined || !entries.some(hasItsKey),
        'a key has one message',
        () => `${said()} with key ${key?.clientMessageId}`,
      ) &&
      this.#violations.expect(!isThere(entry, entries), 'a command has one entry', said) &&
      this.#violations.expect(
        before === undefined || isMember(before, actorId),
        'no entry of a removed member',
        said,
      )
    );
  }
}

/** Every text that is sent is another one, unless one command went in twice. */
function isThere(entry: Entry, entries: readonly Entry[]): boolean {
  return entries.some(
    ({ id, type, data }) =>
      id === entry.id ||
      (type === 'message.sent' && entry.type === 'message.sent' && data.content === entry.data.content),
  );
}
