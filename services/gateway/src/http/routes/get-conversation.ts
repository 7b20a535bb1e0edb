import type { Bus } from '@natter/bus';
import { getConversation } from '@natter/contracts';
import { z } from 'zod';
import { conversationWithMessagesAnswerSchema } from '../answer-schemas.ts';
import { defineRoute, type Route } from '../define-route.ts';
import { limitParameter, shortPages } from '../input/page-parameters.ts';
import { conversationParameter } from '../input/reference-parameters.ts';
import { exampleConversationWithMessages } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function getConversationRoute(bus: Bus): Route {
  return defineRoute({
    id: 'getConversation',
    method: 'get',
    path: '/conversations/{conversation}',
    tag: 'conversations',
    summary: 'A conversation with its newest messages',
    description: `A direct conversation without messages has no id yet: \`id\` is null and \`seq\` 0. ${shortPages}`,
    access: 'user',
    params: z.object({ conversation: conversationParameter }),
    query: z.object({ limit: limitParameter }),
    answers: {
      200: {
        description: 'The conversation',
        schema: conversationWithMessagesAnswerSchema,
        example: exampleConversationWithMessages,
      },
    },
    errors: errorsOf(getConversation),
    async handle({ caller, params, query, context }) {
      const request = { callerId: caller.id, ...params, ...query };
      return { status: 200, body: await bus.call(getConversation, request, context) };
    },
  });
}
