import type { Entry, Happening, Membership } from './entry.ts';

/** A conversation's state at `rev`: the fold of its log up to there. */
export interface Conversation {
  readonly id: string;
  readonly kind: 'direct' | 'group';
  readonly title: string | null;
  readonly members: readonly Membership[];
  readonly rev: number;
  /** The number of messages. */
  readonly seq: number;
  /** When the latest entry was made. */
  readonly updated: Date;
}

/** The fold's step. The entry must be the one that follows the state's rev; the first is `conversation.created`. */
export function evolve(conversation: Conversation | undefined, entry: Entry): Conversation {
  const follows = (conversation?.rev ?? 0) + 1;
  if (entry.rev !== follows) {
    throw new Error(`Entry ${entry.rev} of conversation ${entry.conversationId} follows rev ${follows - 1}`);
  }
  const head = { rev: entry.rev, seq: entry.seq, updated: entry.at };
  if (entry.type === 'conversation.created') return { id: entry.conversationId, ...entry.data, ...head };
  if (conversation === undefined) throw new Error(`Conversation ${entry.conversationId} was never created`);
  return { ...conversation, ...head };
}

/** The seq of an entry that follows `seq` messages. */
export function seqAfter(seq: number, happening: Happening): number {
  return happening.type === 'message.sent' ? seq + 1 : seq;
}

export function isMember(conversation: Conversation, userId: string): boolean {
  return conversation.members.some((member) => member.id === userId);
}
