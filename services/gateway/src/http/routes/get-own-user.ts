import type { Bus } from '@natter/bus';
import { getUser, NatterError, userSchema } from '@natter/contracts';
import { defineRoute, type Route } from '../define-route.ts';
import { exampleUser } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function getOwnUserRoute(bus: Bus): Route {
  return defineRoute({
    id: 'getOwnUser',
    method: 'get',
    path: '/users/me',
    tag: 'users',
    summary: 'Oneself',
    access: 'user',
    answers: {
      200: { description: 'Whose credentials these are', schema: userSchema, example: exampleUser },
    },
    errors: errorsOf(getUser),
    async handle({ caller, context }) {
      const user = await bus.call(getUser, { id: caller.id, callerId: caller.id }, context);
      // The token outlives the account by some minutes.
      if ('deleted' in user) throw new NatterError('invalid_token');
      return { status: 200, body: user };
    },
  });
}
