import { type Handler, implement } from '@natter/bus';
import { sendMessage } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';
import type { Message } from '../domain/message.ts';
import { bodyHashOf, decideSendMessage } from '../domain/send-message.ts';
import { calledIn } from './called-in.ts';
import { viewMessage } from './message-view.ts';
import { resolveConversation } from './resolve-conversation.ts';
import type { WritingServices } from './writing-services.ts';

export function handleSendMessage({ writer, directory }: WritingServices): Handler {
  return implement(sendMessage, async (request, { deadline }) => {
    const { callerId: actorId, callerUsername, content, replyTo = null, clientMessageId } = request;
    const [{ id: conversationId, founders }, calledIds] = await Promise.all([
      resolveConversation(directory, actorId, request.conversation),
      calledIn(directory, content),
    ]);
    const messageId = uuidv7();
    const command = { messageId, conversationId, actorId, content, replyTo, calledIds, founders };
    const { message, replayed } = await writer.execute({
      id: messageId,
      conversationId,
      actorId,
      key: clientMessageId === undefined ? undefined : { clientMessageId, bodyHash: bodyHashOf(command) },
      about: replyTo ?? undefined,
      founders,
      deadline,
      decide: (state) => decideSendMessage(state, command),
    });
    // From here on nothing may fail: the message is stored.
    const names = new Map([[actorId, { username: callerUsername }]]);
    return { message: viewMessage(names, actorId, message as Message), replayed };
  });
}
