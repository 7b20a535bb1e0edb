import { type Handler, implement } from '@natter/bus';
import { type Conversation, getConversation } from '@natter/contracts';
import { viewConversations } from './conversation-view.ts';
import { findVisibleConversation } from './find-visible-conversation.ts';
import { readPage } from './message-page.ts';
import type { ReadingServices } from './reading-services.ts';

export function handleGetConversation(services: ReadingServices): Handler {
  return implement(getConversation, async ({ callerId: viewerId, conversation: ref, limit }) => {
    const overview = await findVisibleConversation(services, viewerId, ref);
    const { id: conversationId, seq } = overview;
    const [[conversation], messages] = await Promise.all([
      viewConversations(services, viewerId, [overview]),
      readPage(services, { viewerId, conversationId, seq, limit }),
    ]);
    return { ...(conversation as Conversation), messages };
  });
}
