import type { Bus } from '@natter/bus';
import { listUsers, userSchema } from '@natter/contracts';
import { z } from 'zod';
import { defineRoute, type Route } from '../define-route.ts';
import { limitParameter } from '../input/page-parameters.ts';
import { errorsOf } from '../route-errors.ts';

const { cursor, q } = listUsers.request.shape;

const userPageSchema = z.object({
  data: z.array(userSchema),
  page: z.object({
    next: z.string().nullable().meta({ description: 'The `cursor` of the next page' }),
    limit: z.int(),
  }),
});

export function listUsersRoute(bus: Bus): Route {
  return defineRoute({
    id: 'listUsers',
    method: 'get',
    path: '/users',
    tag: 'users',
    summary: 'The other users, by username',
    access: 'user',
    query: z.object({
      limit: limitParameter,
      cursor: cursor.meta({ description: 'Where the page before ended' }),
      q: q.meta({ description: 'A prefix of the username or of the display name, in any case' }),
    }),
    answers: { 200: { description: 'A page of users, never with oneself', schema: userPageSchema } },
    errors: errorsOf(listUsers),
    async handle({ caller, query, context }) {
      const { users, next } = await bus.call(listUsers, { callerId: caller.id, ...query }, context);
      return { status: 200, body: { data: users, page: { next, limit: query.limit } } };
    },
  });
}
