import type { Bus } from '@natter/bus';
import { listUsers } from '@natter/contracts';
import { userListSchema } from '../answer-schemas.ts';
import { defineRoute, type Route } from '../define-route.ts';
import { listParameters } from '../input/page-parameters.ts';
import { examplePage, exampleUser } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function listUsersRoute(bus: Bus): Route {
  return defineRoute({
    id: 'listUsers',
    method: 'get',
    path: '/users',
    tag: 'users',
    summary: 'The other users, by username',
    description:
      'Whom the directory policy of the server (`DIRECTORY`) shows to me: everyone, those who share a conversation with me, or nobody. Lookups, first messages and the members of groups follow it alike, and who is hidden is `user_not_found`.',
    access: 'user',
    query: listParameters.extend({
      q: listUsers.request.shape.q.meta({
        description: 'A prefix of the username or of the display name, in any case',
        example: 'al',
      }),
    }),
    answers: {
      200: {
        description: 'A page of users, never with oneself',
        schema: userListSchema,
        example: { data: [exampleUser], page: examplePage },
      },
    },
    errors: errorsOf(listUsers),
    async handle({ caller, query, context }) {
      const { users, next } = await bus.call(listUsers, { callerId: caller.id, ...query }, context);
      return { status: 200, body: { data: users, page: { next, limit: query.limit } } };
    },
  });
}
