import type { Bus } from '@natter/bus';
import { maxMentions, messageSchema, sendMessage, sendMessageBodySchema } from '@natter/contracts';
import { z } from 'zod';
import { defineRoute, type Route } from '../define-route.ts';
import { agreedKey, idempotencyHeaders, replayedHeader, replayedHeaders } from '../input/idempotency-key.ts';
import { conversationParameter } from '../input/reference-parameters.ts';
import { nameComponent } from '../openapi/components.ts';
import { exampleMessage } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

/** The second path is for people at a prompt. */
export function sendMessageRoutes(bus: Bus, limits: { messageCharacters: number }): Route[] {
  const send = sender(bus, limits);
  return [
    send({ id: 'sendMessage', path: '/conversations/{conversation}/messages' }),
    send({ id: 'sendMessageInShort', path: '/conversations/{conversation}' }),
  ];
}

function sender(bus: Bus, { messageCharacters }: { messageCharacters: number }) {
  const bodySchema = sendMessageBodySchema(messageCharacters).meta({ example: { content: 'hello' } });
  nameComponent('NewMessage', bodySchema);
  return ({ id, path }: { id: string; path: string }): Route =>
    defineRoute({
      id,
      method: 'post',
      path,
      tag: 'messages',
      summary: 'Send a message',
      description: `\`content\` has 1 to ${messageCharacters} characters. With a key the send is repeatable: for ever, the same key in the same conversation is the same message. In a direct conversation with a block on either side: \`forbidden\`, which does not say who blocked whom. Of the members who are named by \`@username\`, at most ${maxMentions} are mentioned; any other name stays text.`,
      access: 'user',
      params: z.object({ conversation: conversationParameter }),
      headers: idempotencyHeaders,
      body: bodySchema,
      answers: {
        201: {
          description: 'The message as it is stored',
          schema: messageSchema,
          example: exampleMessage,
          headers: { Location: 'Of the message', ...replayedHeader },
        },
      },
      errors: errorsOf(sendMessage),
      async handle({ caller, params, headers, body, context }) {
        const clientMessageId = agreedKey(headers['Idempotency-Key'], body.clientMessageId);
        const { id: callerId, username: callerUsername } = caller;
        const request = { ...body, ...params, callerId, callerUsername, clientMessageId };
        const { message, replayed } = await bus.call(sendMessage, request, context);
        const location = `/api/v1/conversations/${message.conversationId}/messages/${message.seq}`;
        return {
          status: 201,
          body: message,
          headers: { Location: location, ...replayedHeaders(replayed) },
        };
      },
    });
}
