import type { Bus } from '@natter/bus';
import { listBlocks } from '@natter/contracts';
import { userListSchema } from '../answer-schemas.ts';
import { defineRoute, type Route } from '../define-route.ts';
import { listParameters } from '../input/page-parameters.ts';
import { examplePage, exampleUser } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function listBlocksRoute(bus: Bus): Route {
  return defineRoute({
    id: 'listBlocks',
    method: 'get',
    path: '/blocks',
    tag: 'blocks',
    summary: 'Whom I have blocked',
    access: 'user',
    query: listParameters,
    answers: {
      200: {
        description: 'A page of users',
        schema: userListSchema,
        example: { data: [exampleUser], page: examplePage },
      },
    },
    errors: errorsOf(listBlocks),
    async handle({ caller, query, context }) {
      const { users, next } = await bus.call(listBlocks, { callerId: caller.id, ...query }, context);
      return { status: 200, body: { data: users, page: { next, limit: query.limit } } };
    },
  });
}
