import type { Bus } from '@natter/bus';
import { createConversation, createConversationBodySchema } from '@natter/contracts';
import { conversationAnswerSchema } from '../answer-schemas.ts';
import { defineRoute, type Route } from '../define-route.ts';
import { idempotencyHeaders, replayedHeader, replayedHeaders } from '../input/idempotency-key.ts';
import { exampleConversation } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function createConversationRoute(bus: Bus): Route {
  return defineRoute({
    id: 'createConversation',
    method: 'post',
    path: '/conversations',
    tag: 'conversations',
    summary: 'Make a group',
    description:
      'I become its owner, the `members` plain members. With a key the request is repeatable: the same key is the same group for ever. Who has blocked me can not be put into a group: `forbidden`. Direct conversations are not made: they begin with their first message.',
    access: 'user',
    limit: 'conversation',
    headers: idempotencyHeaders,
    body: createConversationBodySchema.meta({ example: { title: 'Gardeners', members: ['bob'] } }),
    answers: {
      201: {
        description: 'The group',
        schema: conversationAnswerSchema,
        example: exampleConversation,
        headers: { Location: 'Of the conversation', ...replayedHeader },
      },
    },
    errors: errorsOf(createConversation),
    async handle({ caller, headers, body, context }) {
      const request = { ...body, callerId: caller.id, key: headers['Idempotency-Key'] };
      const { conversation, replayed } = await bus.call(createConversation, request, context);
      const location = `/api/v1/conversations/${conversation.id}`;
      return {
        status: 201,
        body: conversation,
        headers: { Location: location, ...replayedHeaders(replayed) },
      };
    },
  });
}
