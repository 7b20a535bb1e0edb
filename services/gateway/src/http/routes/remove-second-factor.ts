import type { Bus } from '@natter/bus';
import { removeSecondFactor, removeSecondFactorBodySchema } from '@natter/contracts';
import type { GuardPassword } from '../../limits/password-guard.ts';
import { defineRoute, type Route } from '../define-route.ts';
import { errorsOf } from '../route-errors.ts';

export function removeSecondFactorRoute(bus: Bus, guard: GuardPassword): Route {
  return defineRoute({
    id: 'removeSecondFactor',
    method: 'delete',
    path: '/users/me/second-factor',
    tag: 'users',
    summary: 'Turn the second factor off',
    description:
      'With the password and a code, of the app or a recovery code. The recovery codes go with it, and every session of mine ends, the one that asks too: log in again.',
    access: 'user',
    limit: 'address',
    body: removeSecondFactorBodySchema.meta({ example: { password: 'natter-demo', code: '492039' } }),
    answers: { 204: { description: 'There is none any more' } },
    errors: errorsOf(removeSecondFactor),
    async handle({ caller, body, context }) {
      const attempt = { username: caller.username, context, sessionId: caller.sessionId };
      const request = { ...body, callerId: caller.id };
      await guard(attempt, () => bus.call(removeSecondFactor, request, context));
      return { status: 204 };
    },
  });
}
