import { type Handler, implement } from '@natter/bus';
import { NatterError, sendTyping } from '@natter/contracts';
import type { ActivityServices } from '../activity/activity-services.ts';
import type { ConversationOverview } from '../domain/conversation-overview.ts';
import { findVisibleConversation } from './find-visible-conversation.ts';
import type { ReadingServices } from './reading-services.ts';

/** Seconds. */
const expiresIn = 5;

export interface TypingServices extends ReadingServices, ActivityServices {
  /** Whether one of a direct conversation's members keeps the other from writing. */
  isRefused: (memberIds: readonly string[]) => Promise<boolean>;
}

export function handleSendTyping(services: TypingServices): Handler {
  return implement(sendTyping, async ({ callerId: userId, conversation: ref }) => {
    const overview = await findVisibleConversation(services, userId, ref);
    if (await isRefused(services, overview)) throw new NatterError('forbidden');
    const { id: conversationId, rev } = overview;
    // Where nobody has written yet nobody listens.
    if (rev > 0 && services.typing.passes(userId, conversationId)) {
      services.tellActivity({ rev, type: 'typing', data: { conversationId, userId, expiresIn } });
    }
    return {};
  });
}

async function isRefused(services: TypingServices, { kind, firstMembers }: ConversationOverview) {
  return kind === 'direct' && (await services.isRefused(firstMembers.map(({ id }) => id)));
}
