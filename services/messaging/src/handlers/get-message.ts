import { type Handler, implement } from '@natter/bus';
import { getMessage, type Message, NatterError } from '@natter/contracts';
import { findVisibleConversation } from './find-visible-conversation.ts';
import { viewMessages } from './message-view.ts';
import type { ReadingServices } from './reading-services.ts';

export function handleGetMessage(services: ReadingServices): Handler {
  return implement(getMessage, async ({ callerId, conversation: ref, seq }) => {
    const { id } = await findVisibleConversation(services, callerId, ref);
    const message = await services.projections.findMessage(id, seq);
    if (message === undefined) throw new NatterError('message_not_found');
    const [view] = await viewMessages(services.directory, callerId, [message]);
    return view as Message;
  });
}
