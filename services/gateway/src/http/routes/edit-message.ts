import type { Bus } from '@natter/bus';
import { editMessage, editMessageBodySchema, messageSchema } from '@natter/contracts';
import { defineRoute, type Route } from '../define-route.ts';
import { entityTagHeader, entityTagOf, ifMatchHeaders } from '../input/entity-tags.ts';
import { messageParameters } from '../input/message-parameters.ts';
import { exampleMessage } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function editMessageRoute(bus: Bus, { messageCharacters }: { messageCharacters: number }): Route {
  return defineRoute({
    id: 'editMessage',
    method: 'patch',
    path: '/conversations/{conversation}/messages/{seq}',
    tag: 'messages',
    summary: "Change a message's text",
    description: `One's own messages only, and with 1 to ${messageCharacters} characters. The text that it has already changes nothing. In a direct conversation with a block on either side: \`forbidden\`, which does not say who blocked whom.`,
    access: 'user',
    params: messageParameters,
    headers: ifMatchHeaders,
    body: editMessageBodySchema(messageCharacters).meta({ example: { content: 'hello, @bob' } }),
    answers: {
      200: {
        description: 'The message as it is now',
        schema: messageSchema,
        example: { ...exampleMessage, edited: '2026-01-01T12:05:00.000Z' },
        headers: entityTagHeader,
      },
    },
    errors: errorsOf(editMessage),
    async handle({ caller, params, headers, body, context }) {
      const request = { ...body, ...params, callerId: caller.id, ifRev: headers['If-Match'] };
      const message = await bus.call(editMessage, request, context);
      return { status: 200, body: message, headers: { ETag: entityTagOf(message) } };
    },
  });
}
