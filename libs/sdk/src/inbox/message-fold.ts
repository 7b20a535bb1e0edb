import type { Entry, Message } from '../contract-types.ts';

/** A message as everybody sees it: a log does not tell the sender's own id of it. */
export type FoldedMessage = Omit<Message, 'clientMessageId'>;

type EntryOf<T extends Entry['type']> = Extract<Entry, { type: T }>;

type MessageChange = EntryOf<'message.edited' | 'message.deleted' | 'reaction.added' | 'reaction.removed'>;

export function isMessageChange(entry: Entry): entry is MessageChange {
  return entry.type !== 'message.sent' && /^(message|reaction)\./.test(entry.type);
}

export function sentMessage(entry: EntryOf<'message.sent'>): FoldedMessage {
  const { conversationId, rev, seq, actor: sender, actorId: senderId, at: sent, data } = entry;
  const { messageId: id, ...said } = data;
  const untouched = { edited: null, deleted: null, reactions: [] };
  return { id, conversationId, seq, rev, sender, senderId, sent, ...said, ...untouched };
}

/** The message after the change, as the user sees it. */
export function changedMessage(
  message: FoldedMessage,
  { type, rev, at, actorId, data }: MessageChange,
  userId: string,
): FoldedMessage {
  switch (type) {
    case 'message.edited':
      return { ...message, rev, edited: at, content: data.content, mentions: data.mentions };
    case 'message.deleted':
      return { ...message, rev, deleted: at, content: '', mentions: [], reactions: [] };
    case 'reaction.added':
    case 'reaction.removed':
      break;
  }
  const change = { emoji: data.emoji, by: type === 'reaction.added' ? 1 : -1, mine: actorId === userId };
  return { ...message, rev, reactions: changedReactions(message.reactions, change) };
}

function changedReactions(
  reactions: Message['reactions'],
  { emoji, by, mine }: { emoji: string; by: number; mine: boolean },
): Message['reactions'] {
  const all = reactions.some((one) => one.emoji === emoji)
    ? reactions
    : [...reactions, { emoji, count: 0, mine: false }];
  return all
    .map((one) =>
      one.emoji === emoji ? { emoji, count: one.count + by, mine: mine ? by > 0 : one.mine } : one,
    )
    .filter(({ count }) => count > 0);
}
