import type { Bus } from '@natter/bus';
import { getUser, NatterError, ownUserSchema } from '@natter/contracts';
import { defineRoute, type Route } from '../define-route.ts';
import { exampleOwnUser } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function getOwnUserRoute(bus: Bus): Route {
  return defineRoute({
    id: 'getOwnUser',
    method: 'get',
    path: '/users/me',
    tag: 'users',
    summary: 'Oneself',
    access: 'user',
    beforeSecondFactor: true,
    answers: {
      200: { description: 'Whose credentials these are', schema: ownUserSchema, example: exampleOwnUser },
    },
    errors: errorsOf(getUser),
    async handle({ caller, context }) {
      const user = await bus.call(getUser, { id: caller.id, callerId: caller.id }, context);
      // The token outlives the account by some minutes.
      if ('deleted' in user) throw new NatterError('invalid_token');
      // A users service from before there was a choice does not say.
      return { status: 200, body: { receipts: 'shared' as const, secondFactor: 'off' as const, ...user } };
    },
  });
}
