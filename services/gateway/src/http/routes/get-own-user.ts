import type { Bus } from '@natter/bus';
import { getUser, userSchema } from '@natter/contracts';
import { defineRoute, type Route } from '../define-route.ts';
import { errorsOf } from '../route-errors.ts';

export function getOwnUserRoute(bus: Bus): Route {
  return defineRoute({
    id: 'getOwnUser',
    method: 'get',
    path: '/users/me',
    tag: 'users',
    summary: 'Oneself',
    access: 'user',
    answers: { 200: { description: 'Whose credentials these are', schema: userSchema } },
    errors: errorsOf(getUser),
    async handle({ caller, context }) {
      return { status: 200, body: await bus.call(getUser, { id: caller.id }, context) };
    },
  });
}
