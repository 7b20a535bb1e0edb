import type { Bus } from '@natter/bus';
import { logPageSchema, readLog } from '@natter/contracts';
import { z } from 'zod';
import { defineRoute, type Route } from '../define-route.ts';
import { logPageParameters } from '../input/page-parameters.ts';
import { conversationParameter } from '../input/reference-parameters.ts';
import { exampleEntries, exampleEpoch } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function readLogRoute(bus: Bus): Route {
  return defineRoute({
    id: 'readLog',
    method: 'get',
    path: '/conversations/{conversation}/log',
    tag: 'conversations',
    summary: 'All that happened in a conversation, in order',
    description:
      'The entries after a rev. Revs are 1, 2, 3, … without a hole: the proof that nothing is missing. Folding the log gives the conversation and its messages as the other answers show them. After a deletion the texts of that message are `""`. A page with another `epoch` than the one before it says that the server was put back to an earlier moment: read from the beginning.',
    access: 'user',
    params: z.object({ conversation: conversationParameter }),
    query: logPageParameters,
    answers: {
      200: {
        description: 'A page of the log; an empty one beyond its end',
        schema: logPageSchema,
        example: { data: exampleEntries, page: { hasAfter: false, rev: 9, epoch: exampleEpoch, limit: 50 } },
      },
    },
    errors: errorsOf(readLog),
    async handle({ caller, params, query, context }) {
      const request = { callerId: caller.id, ...params, ...query };
      return { status: 200, body: await bus.call(readLog, request, context) };
    },
  });
}
