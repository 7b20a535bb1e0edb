import { createHash } from 'node:crypto';
import { NatterError } from '@natter/contracts';
import type { Conversation } from './conversation.ts';
import type { EntryDraft } from './entry.ts';
import { visibleTo } from './visible-to.ts';

export interface SendMessage {
  messageId: string;
  conversationId: string;
  actorId: string;
  content: string;
  replyTo: number | null;
  /** Who founds the conversation by this message if it is not there yet: a direct conversation's two. */
  founders?: readonly string[] | undefined;
}

/** Which entries the command appends to a conversation in this state. */
export function decideSendMessage(
  conversation: Conversation | undefined,
  command: SendMessage,
): EntryDraft[] {
  const founding = conversation === undefined ? found(command) : [];
  if (conversation !== undefined) visibleTo(conversation, command.actorId);
  const { messageId, content, replyTo } = command;
  if (replyTo !== null && replyTo > (conversation?.seq ?? 0)) {
    throw new NatterError('validation_failed', {
      faults: [{ pointer: '/replyTo', message: 'There is no such message in this conversation' }],
    });
  }
  return [
    ...founding,
    { id: messageId, type: 'message.sent', data: { messageId, content, replyTo, mentions: [] } },
  ];
}

function found({ conversationId, founders }: SendMessage): EntryDraft[] {
  if (founders === undefined) throw new NatterError('conversation_not_found');
  const members = founders.map((id) => ({ id, role: 'member' as const }));
  return [
    { id: conversationId, type: 'conversation.created', data: { kind: 'direct', title: null, members } },
  ];
}

/** Equal for the same body, so that a key that comes again with another is noticed. */
export function bodyHashOf(command: Pick<SendMessage, 'content' | 'replyTo'>): string {
  return createHash('sha256')
    .update(JSON.stringify([command.content, command.replyTo]))
    .digest('base64url');
}
