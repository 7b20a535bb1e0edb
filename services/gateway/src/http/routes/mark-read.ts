import type { Bus } from '@natter/bus';
import { markRead, markReadBodySchema, readMarkSchema } from '@natter/contracts';
import { z } from 'zod';
import { defineRoute, type Route } from '../define-route.ts';
import { conversationParameter } from '../input/reference-parameters.ts';
import { errorsOf } from '../route-errors.ts';

export function markReadRoute(bus: Bus): Route {
  return defineRoute({
    id: 'markRead',
    method: 'put',
    path: '/conversations/{conversation}/read',
    tag: 'conversations',
    summary: 'Say how far I have read',
    description:
      "My read marker only moves forward: a smaller `seq` changes nothing. One beyond the last message is `validation_failed`. Sending moves the sender's own marker.",
    access: 'user',
    limit: 'read',
    params: z.object({ conversation: conversationParameter }),
    body: markReadBodySchema.meta({ example: { seq: 7 } }),
    answers: {
      200: {
        description: 'My marker, and how many messages come after it',
        schema: readMarkSchema,
        example: { readSeq: 7, unread: 0 },
      },
    },
    errors: errorsOf(markRead),
    async handle({ caller, params, body, context }) {
      const request = { ...body, ...params, callerId: caller.id };
      return { status: 200, body: await bus.call(markRead, request, context) };
    },
  });
}
