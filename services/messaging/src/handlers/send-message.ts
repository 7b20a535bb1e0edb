import { type Handler, implement } from '@natter/bus';
import { type Message, sendMessage } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';
import type { MessageEntry } from '../domain/entry.ts';
import { bodyHashOf, decideSendMessage } from '../domain/send-message.ts';
import type { UserDirectory } from '../domain/user-directory.ts';
import type { ConversationWriter } from '../log/conversation-writer.ts';
import { viewMessages } from './message-view.ts';
import { resolveConversation } from './resolve-conversation.ts';

export function handleSendMessage(writer: ConversationWriter, directory: UserDirectory): Handler {
  return implement(sendMessage, async (request, { deadline }) => {
    const { callerId: actorId, callerUsername, content, replyTo = null, clientMessageId } = request;
    const { id: conversationId, founders } = await resolveConversation(
      directory,
      actorId,
      request.conversation,
    );
    const command = { messageId: uuidv7(), conversationId, actorId, content, replyTo, founders };
    const { entry, replayed } = await writer.execute({
      id: command.messageId,
      conversationId,
      actorId,
      key: clientMessageId === undefined ? undefined : { clientMessageId, bodyHash: bodyHashOf(command) },
      deadline,
      decide: (conversation) => decideSendMessage(conversation, command),
    });
    // From here on nothing may fail: the message is stored.
    const [message] = viewMessages(new Map([[actorId, callerUsername]]), actorId, [entry as MessageEntry]);
    return { message: message as Message, replayed };
  });
}
