import type { Conversation, Entry, Member, MessagePage } from '../contract-types.ts';
import { changedMessage, type FoldedMessage, isMessageChange, sentMessage } from './message-fold.ts';

/** A conversation as everybody sees it. */
export type FoldedConversation = Omit<Conversation, 'id' | 'lastMessage'> & {
  id: string;
  lastMessage: FoldedMessage | null;
};

type Shown = Conversation & { id: string };

/** One conversation, and its messages from some on. */
export class KeptConversation {
  readonly #userId: string;
  /** By number. */
  readonly #messages = new Map<number, FoldedMessage>();
  #shown: Shown;

  constructor(shown: Shown, messages: MessagePage, userId: string) {
    this.#shown = shown;
    this.#userId = userId;
    this.add(messages);
  }

  get conversation(): FoldedConversation {
    const { seq, readSeq } = this.#shown;
    return { ...this.#shown, unread: seq - readSeq, lastMessage: this.#messages.get(seq) ?? null };
  }

  /** Oldest to newest. */
  get messages(): FoldedMessage[] {
    return [...this.#messages.values()].toSorted((one, other) => one.seq - other.seq);
  }

  get rev(): number {
    return this.#shown.rev;
  }

  /** A page that was read. What is known of one of its messages may be newer. */
  add({ data }: MessagePage): void {
    for (const { clientMessageId: _, ...message } of data) {
      const { rev } = this.#messages.get(message.seq) ?? { rev: 0 };
      if (message.rev > rev) this.#messages.set(message.seq, message);
    }
  }

  /** What entries don't tell. */
  update({ members, memberCount, readSeq }: Shown): void {
    const known = new Map(this.#shown.members.map((member) => [member.id, member.readSeq]));
    const withMarks = members.map((member) => withMark(member, known.get(member.id) ?? 0));
    const furthest = Math.max(readSeq, this.#shown.readSeq);
    this.#shown = { ...this.#shown, members: withMarks, memberCount, readSeq: furthest };
  }

  /** How far a member has read. */
  mark(userId: string, seq: number): void {
    const members = this.#shown.members.map((one) => (one.id === userId ? withMark(one, seq) : one));
    const readSeq = userId === this.#userId ? Math.max(seq, this.#shown.readSeq) : this.#shown.readSeq;
    this.#shown = { ...this.#shown, members, readSeq };
  }

  apply(entry: Entry): void {
    const { rev, seq, at: updated } = entry;
    this.#shown = { ...this.#shown, rev, seq, updated };
    if (entry.type === 'message.sent') this.#take(entry);
    else if (entry.type === 'conversation.renamed') this.#shown.title = entry.data.title;
    else if (isMessageChange(entry)) {
      const message = this.#messages.get(entry.data.seq);
      // A page that was read meanwhile had it already.
      if (message === undefined || message.rev >= rev) return;
      this.#messages.set(message.seq, changedMessage(message, entry, this.#userId));
    }
  }

  /** Sending moves the sender's own marker. */
  #take(entry: Extract<Entry, { type: 'message.sent' }>): void {
    const { seq, actorId } = entry;
    if (!this.#messages.has(seq)) this.#messages.set(seq, sentMessage(entry));
    this.mark(actorId, seq);
  }
}

/** Markers move only forward; one that is kept private is not told of. */
function withMark(member: Member, seq: number): Member {
  return member.readSeq === null ? member : { ...member, readSeq: Math.max(member.readSeq, seq) };
}
