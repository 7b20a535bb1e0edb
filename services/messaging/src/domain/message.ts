import type { Entry, EntryOf, MessageChange } from './entry.ts';

interface Reaction {
  readonly emoji: string;
  /** In the order in which they came. */
  readonly userIds: readonly string[];
}

/** A message's state at `rev`: the fold of the entries that are about it. */
export interface Message {
  readonly id: string;
  readonly conversationId: string;
  readonly seq: number;
  /** Of the latest entry that changed it. */
  readonly rev: number;
  readonly senderId: string;
  readonly content: string;
  readonly sent: Date;
  readonly edited: Date | null;
  readonly deleted: Date | null;
  readonly replyTo: number | null;
  readonly mentions: readonly string[];
  /** Each kind once, the first to come first. */
  readonly reactions: readonly Reaction[];
  readonly clientMessageId: string | null;
}

/** What later entries may change of a message. */
export type CurrentMessage = Pick<
  Message,
  'rev' | 'content' | 'edited' | 'deleted' | 'mentions' | 'reactions'
>;

export function sentMessage(entry: EntryOf<'message.sent'>): Message {
  const { conversationId, seq, rev, actorId: senderId, at: sent, data, key } = entry;
  const { messageId: id, content, replyTo, mentions } = data;
  const untouched = { edited: null, deleted: null, reactions: [] };
  const clientMessageId = key?.clientMessageId ?? null;
  return {
    id,
    conversationId,
    seq,
    rev,
    senderId,
    content,
    sent,
    replyTo,
    mentions,
    clientMessageId,
    ...untouched,
  };
}

/** The fold's step. @throws when the entry changes a message that is not there. */
export function evolveMessage(message: Message | undefined, entry: Entry): Message {
  if (entry.type === 'message.sent') return sentMessage(entry);
  if (message === undefined) throw new Error(`Entry ${entry.id} is about a message that is not there`);
  return { ...message, ...changedBy(message, entry as MessageChange), rev: entry.rev };
}

/** A deletion leaves the message's place, and nothing of what it said or what was said of it. */
function changedBy({ reactions }: Message, { type, data, actorId, at }: MessageChange): Partial<Message> {
  switch (type) {
    case 'message.edited':
      return { content: data.content, mentions: data.mentions, edited: at };
    case 'message.deleted':
      return { content: '', mentions: [], reactions: [], deleted: at };
    case 'reaction.added':
      return { reactions: withReaction(reactions, data.emoji, actorId) };
    case 'reaction.removed':
      break;
  }
  return { reactions: withoutReaction(reactions, data.emoji, actorId) };
}

function withReaction(reactions: readonly Reaction[], emoji: string, userId: string): Reaction[] {
  if (!reactions.some((reaction) => reaction.emoji === emoji))
    return [...reactions, { emoji, userIds: [userId] }];
  return reactions.map((reaction) =>
    reaction.emoji === emoji ? { emoji, userIds: [...reaction.userIds, userId] } : reaction,
  );
}

function withoutReaction(reactions: readonly Reaction[], emoji: string, userId: string): Reaction[] {
  return reactions
    .map((reaction) =>
      reaction.emoji === emoji
        ? { emoji, userIds: reaction.userIds.filter((id) => id !== userId) }
        : reaction,
    )
    .filter(({ userIds }) => userIds.length > 0);
}

export function hasReacted({ reactions }: Message, emoji: string, userId: string): boolean {
  return reactions.some((reaction) => reaction.emoji === emoji && reaction.userIds.includes(userId));
}
