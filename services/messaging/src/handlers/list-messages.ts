import { type Handler, implement } from '@natter/bus';
import { listMessages } from '@natter/contracts';
import type { ConversationLog } from '../domain/conversation-log.ts';
import type { Projections } from '../domain/projections.ts';
import type { UserDirectory } from '../domain/user-directory.ts';
import { findVisibleConversation } from './find-visible-conversation.ts';
import { readPage } from './message-page.ts';

export interface ReadingServices {
  log: ConversationLog;
  projections: Projections;
  directory: UserDirectory;
}

export function handleListMessages(services: ReadingServices): Handler {
  return implement(listMessages, async ({ callerId, conversation: ref, limit, position }) => {
    const { id, seq } = await findVisibleConversation(services, callerId, ref);
    return await readPage(services, { viewerId: callerId, conversationId: id, seq, limit, position });
  });
}
