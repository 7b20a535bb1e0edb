import { type Handler, implement } from '@natter/bus';
import { listMessages } from '@natter/contracts';
import { findVisibleConversation } from './find-visible-conversation.ts';
import { readPage } from './message-page.ts';
import type { ReadingServices } from './reading-services.ts';

export function handleListMessages(services: ReadingServices): Handler {
  return implement(listMessages, async ({ callerId, conversation: ref, limit, position }) => {
    const { id, seq } = await findVisibleConversation(services, callerId, ref);
    return await readPage(services, { viewerId: callerId, conversationId: id, seq, limit, position });
  });
}
