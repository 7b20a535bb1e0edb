import { NatterError } from '@natter/contracts';
import { type Conversation, isMember } from './conversation.ts';

/** The conversation, if the user may know of it. @throws {NatterError} `conversation_not_found`. */
export function visibleTo(conversation: Conversation | undefined, userId: string): Conversation {
  if (conversation === undefined || !isMember(conversation, userId)) {
    throw new NatterError('conversation_not_found');
  }
  return conversation;
}
