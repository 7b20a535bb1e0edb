import type { Conversation, ConversationWithMessages, Entry, Message } from '@natter/contracts';
import { alice } from './_stack.ts';

export const conversationId = '01941f29-7c00-7000-8000-0000000000c1';
export const epoch = '01941f29-7c00-7000-8000-0000000000f1';

export function createMessage(changes: Partial<Message> = {}): Message {
  return {
    id: '01941f29-7c00-7000-8000-0000000000a1',
    conversationId,
    seq: 7,
    rev: 8,
    sender: alice.username,
    senderId: alice.id,
    content: 'hello',
    sent: '2026-01-01T00:00:00.000Z',
    edited: null,
    deleted: null,
    replyTo: null,
    mentions: [],
    reactions: [],
    clientMessageId: null,
    ...changes,
  };
}

export function createConversation(): ConversationWithMessages {
  const message = createMessage();
  return {
    id: conversationId,
    kind: 'direct',
    title: null,
    members: [{ id: alice.id, username: 'alice', role: 'member', readSeq: 7 }],
    memberCount: 1,
    seq: 7,
    rev: 8,
    epoch,
    readSeq: 7,
    unread: 0,
    lastMessage: message,
    updated: message.sent,
    messages: { data: [message], page: { hasBefore: true, hasAfter: false, seq: 7, epoch, limit: 1 } },
  };
}

export function createGroup(): Conversation {
  const { messages: _, ...conversation } = createConversation();
  return { ...conversation, kind: 'group', title: 'Garden' };
}

export function createEntry(): Entry {
  return {
    conversationId,
    rev: 9,
    seq: 7,
    type: 'message.edited',
    actor: alice.username,
    actorId: alice.id,
    at: '2026-01-01T00:00:00.000Z',
    data: { seq: 7, content: 'hello', mentions: [] },
  };
}
