import { type Handler, implement } from '@natter/bus';
import { markRead, NatterError } from '@natter/contracts';
import { findVisibleConversation } from './find-visible-conversation.ts';
import type { ReadingServices } from './reading-services.ts';

export function handleMarkRead(services: ReadingServices): Handler {
  return implement(markRead, async ({ callerId: userId, conversation: ref, seq: readUpTo }) => {
    const { id: conversationId, seq } = await findVisibleConversation(services, userId, ref);
    if (readUpTo > seq) {
      throw new NatterError('validation_failed', {
        faults: [{ pointer: '/seq', message: `There are ${seq} messages` }],
      });
    }
    if (seq === 0) return { readSeq: 0, unread: 0 };
    const marker = { conversationId, userId, readSeq: readUpTo };
    const readSeq = Math.min(await services.projections.markRead(marker), seq);
    return { readSeq, unread: seq - readSeq };
  });
}
