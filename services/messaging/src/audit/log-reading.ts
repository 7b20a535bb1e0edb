import { type Conversation, evolve, seqAfter } from '../domain/conversation.ts';
import { type Entry, isMessageChange } from '../domain/entry.ts';
import type { KeptConversation } from '../domain/projection-archive.ts';
import { readMarkersIn } from '../domain/read-markers.ts';
import { removalsIn } from '../domain/removals.ts';
import type { Finding, FindingKind } from './finding.ts';
import type { Folded } from './judge.ts';

/** Reads one log from its beginning: whether it is one, and what it comes to. */
export class LogReading {
  readonly findings: Finding[] = [];
  /** How far the log shows each to have read who ever was a member: 0 where it shows nothing. */
  readonly markers = new Map<string, number>();
  /** Of whoever was removed, the rev of the entry that did so last. */
  readonly removals = new Map<string, number>();
  readonly #conversationId: string;
  readonly #keptRev: number | undefined;
  #rev = 0;
  #seq = 0;
  #at: Conversation | undefined;
  #head: Conversation | undefined;

  /** @param keptRev where the conversation's projection stands. */
  constructor(conversationId: string, keptRev: number | undefined) {
    this.#conversationId = conversationId;
    this.#keptRev = keptRev;
  }

  get isEmpty(): boolean {
    return this.#rev === 0;
  }

  /** A log with a hole, or without its beginning, can't be folded. */
  get isWhole(): boolean {
    return !this.findings.some(({ kind }) => kind === 'rev' || kind === 'beginning');
  }

  get seq(): number {
    return this.#seq;
  }

  get conversation(): Folded<KeptConversation> {
    return { at: keptFormOf(this.#at), head: keptFormOf(this.#head) };
  }

  take(entry: Entry): void {
    this.#look(entry);
    this.#rev = entry.rev;
    this.#seq = entry.seq;
    if (entry.type === 'conversation.created') {
      for (const { id } of entry.data.members) this.markers.set(id, 0);
    }
    // A later entry never shows less: seq only grows.
    for (const [userId, seq] of readMarkersIn([entry])) this.markers.set(userId, seq);
    for (const [userId, rev] of removalsIn([entry])) this.removals.set(userId, rev);
    if (!this.isWhole) return;
    this.#head = evolve(this.#head, entry);
    if (entry.rev === this.#keptRev) this.#at = this.#head;
  }

  #look(entry: Entry): void {
    const { rev, seq, type } = entry;
    const nextSeq = seqAfter(this.#seq, entry);
    if (rev === this.#rev) this.#find('rev', `rev ${rev} is there more than once`);
    else if (rev !== this.#rev + 1) this.#find('rev', `rev ${rev} follows rev ${this.#rev}`);
    if (seq !== nextSeq) this.#find('seq', `rev ${rev} has seq ${seq} where ${nextSeq} comes next`);
    if (this.isEmpty !== (type === 'conversation.created')) this.#find('beginning', `rev ${rev} is ${type}`);
    if (isMessageChange(entry) && !(entry.data.seq >= 1 && entry.data.seq <= seq)) {
      this.#find('stranger', `rev ${rev} is about message ${entry.data.seq} of ${seq}`);
    }
  }

  #find(kind: FindingKind, detail: string): void {
    this.findings.push({ kind, conversationId: this.#conversationId, detail });
  }
}

function keptFormOf(conversation: Conversation | undefined): KeptConversation | undefined {
  return conversation && { ...conversation, memberCount: conversation.members.length };
}
