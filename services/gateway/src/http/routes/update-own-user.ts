import type { Bus } from '@natter/bus';
import { ownUserSchema, updateUser, updateUserBodySchema } from '@natter/contracts';
import { defineRoute, type Route } from '../define-route.ts';
import { exampleOwnUser } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function updateOwnUserRoute(bus: Bus): Route {
  return defineRoute({
    id: 'updateOwnUser',
    method: 'patch',
    path: '/users/me',
    tag: 'users',
    summary: 'Change my display name, or who sees how far I have read',
    description:
      'What is not given stays as it is, and so does the username. Others see it within seconds. With `receipts` `private` nobody but me sees my read markers: `readSeq` of a member is null then, and no `receipt` is sent.',
    access: 'user',
    body: updateUserBodySchema.meta({ example: { displayName: 'Alice', receipts: 'shared' } }),
    answers: { 200: { description: 'Oneself', schema: ownUserSchema, example: exampleOwnUser } },
    errors: errorsOf(updateUser),
    async handle({ caller, body, context }) {
      return { status: 200, body: await bus.call(updateUser, { ...body, id: caller.id }, context) };
    },
  });
}
