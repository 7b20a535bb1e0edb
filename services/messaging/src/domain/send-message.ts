import { createHash } from 'node:crypto';
import { NatterError } from '@natter/contracts';
import type { Conversation } from './conversation.ts';
import type { EntryDraft, EntryOf } from './entry.ts';
import { mentionsIn } from './mentions.ts';
import { speaker } from './rights.ts';
import type { State } from './state.ts';

export interface SendMessage {
  messageId: string;
  conversationId: string;
  actorId: string;
  content: string;
  replyTo: number | null;
  /** Whom the text calls by a username. */
  calledIds: readonly string[];
  /** Who founds the conversation by this message if it is not there yet: a direct conversation's two. */
  founders?: readonly string[] | undefined;
}

/** Which entries the command appends to a conversation in this state. */
export function decideSendMessage(state: State, command: SendMessage): EntryDraft[] {
  const { messageId, actorId, content, replyTo, calledIds } = command;
  const founding = state.conversation === undefined ? found(state, command) : undefined;
  const { members } = founding?.data ?? speaker(state, actorId).conversation;
  if (replyTo !== null) checkAnswered(state);
  const mentions = mentionsIn({ members: members as Conversation['members'] }, calledIds);
  const sent = {
    id: messageId,
    type: 'message.sent' as const,
    data: { messageId, content, replyTo, mentions },
  };
  return founding === undefined ? [sent] : [founding, sent];
}

type Founding = EntryDraft & Pick<EntryOf<'conversation.created'>, 'type' | 'data'>;

function found({ refused }: State, { conversationId, founders }: SendMessage): Founding {
  if (founders === undefined) throw new NatterError('conversation_not_found');
  if (refused) throw new NatterError('forbidden');
  const members = founders.map((id) => ({ id, role: 'member' as const }));
  return { id: conversationId, type: 'conversation.created', data: { kind: 'direct', title: null, members } };
}

function checkAnswered({ message }: State): void {
  if (message === undefined) {
    throw new NatterError('validation_failed', {
      faults: [{ pointer: '/replyTo', message: 'There is no such message in this conversation' }],
    });
  }
  if (message.deleted !== null) throw new NatterError('message_deleted');
}

/** Equal for the same body, so that a key that comes again with another is noticed. */
export function bodyHashOf(command: Pick<SendMessage, 'content' | 'replyTo'>): string {
  return createHash('sha256')
    .update(JSON.stringify([command.content, command.replyTo]))
    .digest('base64url');
}
