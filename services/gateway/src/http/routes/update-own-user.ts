import type { Bus } from '@natter/bus';
import { updateUser, updateUserBodySchema, userSchema } from '@natter/contracts';
import { defineRoute, type Route } from '../define-route.ts';
import { exampleUser } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function updateOwnUserRoute(bus: Bus): Route {
  return defineRoute({
    id: 'updateOwnUser',
    method: 'patch',
    path: '/users/me',
    tag: 'users',
    summary: 'Change my display name',
    description: 'Others see it within seconds. The username stays as it is.',
    access: 'user',
    body: updateUserBodySchema.meta({ example: { displayName: 'Alice' } }),
    answers: { 200: { description: 'Oneself', schema: userSchema, example: exampleUser } },
    errors: errorsOf(updateUser),
    async handle({ caller, body, context }) {
      return { status: 200, body: await bus.call(updateUser, { ...body, id: caller.id }, context) };
    },
  });
}
