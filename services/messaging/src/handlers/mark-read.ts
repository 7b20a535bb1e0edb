import { type Handler, implement } from '@natter/bus';
import { markRead, NatterError } from '@natter/contracts';
import type { ActivityServices } from '../activity/activity-services.ts';
import { findVisibleConversation } from './find-visible-conversation.ts';
import type { ReadingServices } from './reading-services.ts';

type MarkingServices = ReadingServices & Pick<ActivityServices, 'tellActivity'>;

export function handleMarkRead(services: MarkingServices): Handler {
  return implement(markRead, async ({ callerId: userId, conversation: ref, seq: readUpTo }) => {
    const { id: conversationId, rev, seq } = await findVisibleConversation(services, userId, ref);
    if (readUpTo > seq) {
      throw new NatterError('validation_failed', {
        faults: [{ pointer: '/seq', message: `Must be at most ${seq}, the number of messages` }],
      });
    }
    if (seq === 0) return { readSeq: 0, unread: 0 };
    const marker = { conversationId, userId, readSeq: readUpTo };
    const readSeq = Math.min(await services.projections.markRead(marker), seq);
    // Where it was further already, others were told of that.
    if (readSeq === readUpTo) services.tellActivity({ rev, type: 'receipt', data: marker });
    return { readSeq, unread: seq - readSeq };
  });
}
