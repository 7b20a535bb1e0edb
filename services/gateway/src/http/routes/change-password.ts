import type { Bus } from '@natter/bus';
import { changePassword, changePasswordBodySchema } from '@natter/contracts';
import type { GuardPassword } from '../../limits/password-guard.ts';
import { defineRoute, type Route } from '../define-route.ts';
import { errorsOf } from '../route-errors.ts';

export function changePasswordRoute(bus: Bus, guard: GuardPassword): Route {
  return defineRoute({
    id: 'changePassword',
    method: 'put',
    path: '/users/me/password',
    tag: 'users',
    summary: 'Change my password',
    description:
      'Ends every other session of mine, and within a second the old password opens nothing any more. The session that asks goes on. A new password that is easily guessed is refused, as for a new account.',
    access: 'user',
    beforeSecondFactor: true,
    limit: 'address',
    body: changePasswordBodySchema.meta({
      example: { currentPassword: 'natter-demo', newPassword: 'correct horse battery' },
    }),
    answers: { 204: { description: 'The password is changed' } },
    errors: errorsOf(changePassword),
    async handle({ caller, body, context }) {
      const request = { ...body, callerId: caller.id, currentId: caller.sessionId };
      const attempt = { username: caller.username, context, sessionId: caller.sessionId };
      await guard(attempt, () => bus.call(changePassword, request, context));
      return { status: 204 };
    },
  });
}
