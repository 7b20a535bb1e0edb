import type { Bus, CallContext } from '@natter/bus';
import { type ConversationRef, searchMessages } from '@natter/contracts';
import { z } from 'zod';
import { foundMessagesSchema } from '../answer-schemas.ts';
import { defineRoute, type Route } from '../define-route.ts';
import { listParameters } from '../input/page-parameters.ts';
import { conversationParameter } from '../input/reference-parameters.ts';
import { exampleMessage, examplePage } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

const searchParameters = listParameters.extend({
  q: searchMessages.request.shape.q.meta({ description: 'Words, or their beginnings', example: 'hel' }),
});

type Search = z.output<typeof searchParameters> & { callerId: string; conversation?: ConversationRef };

/** Of one conversation, and of all. */
export function searchMessagesRoutes(bus: Bus): Route[] {
  const search = async (request: Search, context: CallContext) => {
    const { messages, next, behind } = await bus.call(searchMessages, request, context);
    const page = { next, limit: request.limit, behind };
    return { status: 200 as const, body: { data: messages, page } };
  };
  return [
    defineRoute({
      ...common,
      id: 'searchConversation',
      path: '/conversations/{conversation}/messages/search',
      summary: 'Search the messages of a conversation',
      params: z.object({ conversation: conversationParameter }),
      handle: ({ caller, params, query, context }) =>
        search({ callerId: caller.id, ...params, ...query }, context),
    }),
    defineRoute({
      ...common,
      id: 'searchMessages',
      path: '/search',
      summary: 'Search the messages of all my conversations',
      handle: ({ caller, query, context }) => search({ callerId: caller.id, ...query }, context),
    }),
  ];
}

const common = {
  method: 'get',
  tag: 'messages',
  description:
    'Newest first. Every word of `q` must begin a word of the text, in any case. What is searched is filled a moment after messages are sent, edited and deleted: `behind` says how many entries it has yet to take in.',
  access: 'user',
  query: searchParameters,
  answers: {
    200: {
      description: 'A page of messages',
      schema: foundMessagesSchema,
      example: { data: [exampleMessage], page: { ...examplePage, behind: 0 } },
    },
  },
  errors: errorsOf(searchMessages),
} as const;
