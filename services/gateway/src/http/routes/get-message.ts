import type { Bus } from '@natter/bus';
import { getMessage, messageSchema } from '@natter/contracts';
import { defineRoute, type Route } from '../define-route.ts';
import { entityTagHeader, entityTagOf, ifNoneMatchHeaders } from '../input/entity-tags.ts';
import { messageParameters } from '../input/message-parameters.ts';
import { exampleMessage } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function getMessageRoute(bus: Bus): Route {
  return defineRoute({
    id: 'getMessage',
    method: 'get',
    path: '/conversations/{conversation}/messages/{seq}',
    tag: 'messages',
    summary: 'One message',
    description: 'A deleted message keeps its place: `deleted` says when, and `content` is empty.',
    access: 'user',
    params: messageParameters,
    headers: ifNoneMatchHeaders,
    answers: {
      200: {
        description: 'The message',
        schema: messageSchema,
        example: exampleMessage,
        headers: entityTagHeader,
      },
      304: { description: 'The message is as it was', headers: entityTagHeader },
    },
    errors: errorsOf(getMessage),
    async handle({ caller, params, context }) {
      const message = await bus.call(getMessage, { callerId: caller.id, ...params }, context);
      return { status: 200, body: message, headers: { ETag: entityTagOf(message) } };
    },
  });
}
