import type { Bus } from '@natter/bus';
import { renameConversation, renameConversationBodySchema } from '@natter/contracts';
import { z } from 'zod';
import { conversationAnswerSchema } from '../answer-schemas.ts';
import { defineRoute, type Route } from '../define-route.ts';
import { conversationParameter } from '../input/reference-parameters.ts';
import { exampleConversation } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function renameConversationRoute(bus: Bus): Route {
  return defineRoute({
    id: 'renameConversation',
    method: 'patch',
    path: '/conversations/{conversation}',
    tag: 'conversations',
    summary: 'Give a group another title',
    description: 'Owners and admins may. A direct conversation has no title: `forbidden`.',
    access: 'user',
    params: z.object({ conversation: conversationParameter }),
    body: renameConversationBodySchema.meta({ example: { title: 'Gardeners' } }),
    answers: {
      200: {
        description: 'The conversation',
        schema: conversationAnswerSchema,
        example: exampleConversation,
      },
    },
    errors: errorsOf(renameConversation),
    async handle({ caller, params, body, context }) {
      const request = { ...body, ...params, callerId: caller.id };
      return { status: 200, body: await bus.call(renameConversation, request, context) };
    },
  });
}
