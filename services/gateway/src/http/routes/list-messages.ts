import type { Bus } from '@natter/bus';
import { listMessages, messagePageSchema } from '@natter/contracts';
import { z } from 'zod';
import { defineRoute, type Route } from '../define-route.ts';
import { messagePageParameters, positionOf, shortPages } from '../input/page-parameters.ts';
import { conversationParameter } from '../input/reference-parameters.ts';
import { exampleMessagePage } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function listMessagesRoute(bus: Bus): Route {
  return defineRoute({
    id: 'listMessages',
    method: 'get',
    path: '/conversations/{conversation}/messages',
    tag: 'messages',
    summary: 'A page of messages, oldest to newest',
    description: `The newest page, or the one that \`before\`, \`after\` or \`around\` names: at most one of them. ${shortPages}`,
    access: 'user',
    params: z.object({ conversation: conversationParameter }),
    query: messagePageParameters,
    answers: { 200: { description: 'The page', schema: messagePageSchema, example: exampleMessagePage } },
    errors: errorsOf(listMessages),
    async handle({ caller, params, query, context }) {
      const request = { callerId: caller.id, ...params, limit: query.limit, position: positionOf(query) };
      return { status: 200, body: await bus.call(listMessages, request, context) };
    },
  });
}
