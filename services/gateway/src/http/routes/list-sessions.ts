import type { Bus } from '@natter/bus';
import { listSessions } from '@natter/contracts';
import { sessionListSchema } from '../answer-schemas.ts';
import { defineRoute, type Route } from '../define-route.ts';
import { listParameters } from '../input/page-parameters.ts';
import { exampleGrant, examplePage } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function listSessionsRoute(bus: Bus): Route {
  return defineRoute({
    id: 'listSessions',
    method: 'get',
    path: '/sessions',
    tag: 'sessions',
    summary: 'My sessions, the latest login first',
    description:
      '`current` is the one that asks; with HTTP Basic there is none. `lastUsed` is when it last got tokens.',
    access: 'user',
    limit: 'address',
    query: listParameters,
    answers: {
      200: {
        description: 'A page of sessions',
        schema: sessionListSchema,
        example: { data: [exampleGrant.session], page: examplePage },
      },
    },
    errors: errorsOf(listSessions),
    async handle({ caller, query, context }) {
      const request = { callerId: caller.id, currentId: caller.sessionId, ...query };
      const { sessions, next } = await bus.call(listSessions, request, context);
      return { status: 200, body: { data: sessions, page: { next, limit: query.limit } } };
    },
  });
}
