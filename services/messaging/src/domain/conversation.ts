import type { Entry, Happening, Role } from './entry.ts';

export interface Member {
  readonly id: string;
  readonly role: Role;
  /** The how-manieth to join, counted over the whole life of the conversation: nobody else ever has it. */
  readonly joined: number;
}

/** A conversation's state at `rev`: the fold of its log up to there. */
export interface Conversation {
  readonly id: string;
  readonly kind: 'direct' | 'group';
  readonly title: string | null;
  /** In the order in which they joined. */
  readonly members: readonly Member[];
  /** How many ever joined. */
  readonly joins: number;
  readonly rev: number;
  /** The number of messages. */
  readonly seq: number;
  readonly lastMessageId: string | null;
  /** When the latest message was sent; while there is none, when the conversation was made. */
  readonly active: Date;
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
  if (entry.type === 'conversation.created') return { ...created(entry), ...head };
  if (conversation === undefined) throw new Error(`Conversation ${entry.conversationId} was never created`);
  return { ...conversation, ...changedBy(conversation, entry), ...head };
}

function created({ conversationId: id, data, at }: Extract<Entry, { type: 'conversation.created' }>) {
  const members = data.members.map((member, index) => ({ ...member, joined: index + 1 }));
  const { kind, title } = data;
  return { id, kind, title, members, joins: members.length, lastMessageId: null, active: at };
}

function changedBy({ members, joins }: Conversation, { type, data, at }: Entry): Partial<Conversation> {
  switch (type) {
    case 'conversation.renamed':
      return { title: data.title };
    case 'member.added': {
      const member = { id: data.userId, role: data.role, joined: joins + 1 };
      return { members: [...members, member], joins: joins + 1 };
    }
    case 'member.removed':
      return { members: members.filter(({ id }) => id !== data.userId) };
    case 'member.role_changed': {
      const { userId, role } = data;
      return { members: members.map((member) => (member.id === userId ? { ...member, role } : member)) };
    }
    case 'message.sent':
      return { lastMessageId: data.messageId, active: at };
    case 'conversation.created':
    case 'message.edited':
    case 'message.deleted':
    case 'reaction.added':
    case 'reaction.removed':
      break;
  }
  return {};
}

/** The seq of an entry that follows `seq` messages. */
export function seqAfter(seq: number, happening: Happening): number {
  return happening.type === 'message.sent' ? seq + 1 : seq;
}

export function findMember(conversation: Pick<Conversation, 'members'>, userId: string): Member | undefined {
  return conversation.members.find((member) => member.id === userId);
}

export function isMember(conversation: Pick<Conversation, 'members'>, userId: string): boolean {
  return findMember(conversation, userId) !== undefined;
}
