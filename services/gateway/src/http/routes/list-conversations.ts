import type { Bus } from '@natter/bus';
import { listConversations } from '@natter/contracts';
import { conversationListSchema } from '../answer-schemas.ts';
import { defineRoute, type Route } from '../define-route.ts';
import { listParameters } from '../input/page-parameters.ts';
import { exampleConversation, examplePage } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function listConversationsRoute(bus: Bus): Route {
  return defineRoute({
    id: 'listConversations',
    method: 'get',
    path: '/conversations',
    tag: 'conversations',
    summary: 'My conversations',
    description:
      'The one with the latest message first; one without messages counts by when it was made. Each has its last message, its exact number of unread messages and my read marker.',
    access: 'user',
    query: listParameters,
    answers: {
      200: {
        description: 'A page of conversations',
        schema: conversationListSchema,
        example: { data: [exampleConversation], page: examplePage },
      },
    },
    errors: errorsOf(listConversations),
    async handle({ caller, query, context }) {
      const request = { callerId: caller.id, ...query };
      const { conversations, next } = await bus.call(listConversations, request, context);
      return { status: 200, body: { data: conversations, page: { next, limit: query.limit } } };
    },
  });
}
