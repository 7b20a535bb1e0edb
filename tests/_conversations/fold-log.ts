import type { Entry, Message } from '@natter/contracts';

/** The log does not have the sender's own id of a message. */
type FoldedMessage = Omit<Message, 'clientMessageId'>;

type MessageChange = Extract<
  Entry,
  { type: 'message.edited' | 'message.deleted' | 'reaction.added' | 'reaction.removed' }
>;

export interface FoldedConversation {
  kind: string;
  title: string | null;
  members: { id: string; role: string }[];
  rev: number;
  seq: number;
  updated: string;
  messages: FoldedMessage[];
}

/** What a client that only has the log makes of it, for its user. */
export function foldLog(log: readonly Entry[], userId: string): FoldedConversation {
  let folded: FoldedConversation = {
    kind: '',
    title: null,
    members: [],
    rev: 0,
    seq: 0,
    updated: '',
    messages: [],
  };
  for (const entry of log) folded = evolve(folded, entry, userId);
  return folded;
}

function evolve(conversation: FoldedConversation, entry: Entry, userId: string): FoldedConversation {
  const { rev, seq, at: updated } = entry;
  return { ...conversation, ...changedBy(conversation, entry, userId), rev, seq, updated };
}

function changedBy(
  { members, messages }: FoldedConversation,
  entry: Entry,
  userId: string,
): Partial<FoldedConversation> {
  const { type, data } = entry;
  switch (type) {
    case 'conversation.created':
      return data;
    case 'conversation.renamed':
      return { title: data.title };
    case 'member.added':
      return { members: [...members, { id: data.userId, role: data.role }] };
    case 'member.removed':
      return { members: members.filter(({ id }) => id !== data.userId) };
    case 'member.role_changed':
      return { members: members.map((one) => (one.id === data.userId ? { ...one, role: data.role } : one)) };
    case 'message.sent':
      return { messages: [...messages, sentBy(entry)] };
    case 'message.edited':
    case 'message.deleted':
    case 'reaction.added':
    case 'reaction.removed':
      break;
  }
  return { messages: messages.map((one) => (one.seq === data.seq ? changeOf(one, entry, userId) : one)) };
}

function sentBy(entry: Extract<Entry, { type: 'message.sent' }>): FoldedMessage {
  const { conversationId, rev, seq, actor: sender, actorId: senderId, at: sent, data } = entry;
  const { messageId: id, ...said } = data;
  const untouched = { edited: null, deleted: null, reactions: [] };
  return { id, conversationId, rev, seq, sender, senderId, sent, ...said, ...untouched };
}

function changeOf(message: FoldedMessage, { type, rev, at, actorId, data }: MessageChange, userId: string) {
  const mine = actorId === userId;
  switch (type) {
    case 'message.edited':
      return { ...message, rev, edited: at, content: data.content, mentions: data.mentions };
    case 'message.deleted':
      return { ...message, rev, deleted: at, content: '', mentions: [], reactions: [] };
    case 'reaction.added':
      return { ...message, rev, reactions: withOneMore(message.reactions, data.emoji, mine) };
    case 'reaction.removed':
      break;
  }
  return { ...message, rev, reactions: withOneLess(message.reactions, data.emoji, mine) };
}

type Reactions = Message['reactions'];

function withOneMore(reactions: Reactions, emoji: string, mine: boolean): Reactions {
  if (!reactions.some((one) => one.emoji === emoji)) return [...reactions, { emoji, count: 1, mine }];
  return reactions.map((one) =>
    one.emoji === emoji ? { ...one, count: one.count + 1, mine: one.mine || mine } : one,
  );
}

function withOneLess(reactions: Reactions, emoji: string, mine: boolean): Reactions {
  return reactions
    .map((one) => (one.emoji === emoji ? { ...one, count: one.count - 1, mine: one.mine && !mine } : one))
    .filter(({ count }) => count > 0);
}
