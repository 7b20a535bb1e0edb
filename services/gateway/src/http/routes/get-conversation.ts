import type { Bus } from '@natter/bus';
import { conversationWithMessagesSchema, getConversation, messageSchema } from '@natter/contracts';
import { z } from 'zod';
import { defineRoute, type Route } from '../define-route.ts';
import { limitParameter, shortPages } from '../input/page-parameters.ts';
import { conversationParameter } from '../input/reference-parameters.ts';
import { errorsOf } from '../route-errors.ts';

// The same, said so that the document gets it right: of `nullable` around a named schema the library makes an `allOf`
// that null does not fit.
const answerSchema = conversationWithMessagesSchema.extend({
  lastMessage: z.union([messageSchema, z.null()]),
});

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
    answers: { 200: { description: 'The conversation', schema: answerSchema } },
    errors: errorsOf(getConversation),
    async handle({ caller, params, query, context }) {
      const request = { callerId: caller.id, ...params, ...query };
      return { status: 200, body: await bus.call(getConversation, request, context) };
    },
  });
}
