import type { Bus } from '@natter/bus';
import { deleteUser, deleteUserBodySchema } from '@natter/contracts';
import type { GuardPassword } from '../../limits/password-guard.ts';
import { defineRoute, type Route } from '../define-route.ts';
import { errorsOf } from '../route-errors.ts';

export function deleteOwnUserRoute(bus: Bus, guard: GuardPassword): Route {
  return defineRoute({
    id: 'deleteOwnUser',
    method: 'delete',
    path: '/users/me',
    tag: 'users',
    summary: 'Delete my account',
    description:
      'For ever: the username is never given again. My messages stay where they are, as sent by `deleted`, and my direct conversations stay readable for the other side.',
    access: 'user',
    limit: 'address',
    body: deleteUserBodySchema.meta({ example: { password: 'natter-demo' } }),
    answers: { 204: { description: 'The account is deleted' } },
    errors: errorsOf(deleteUser),
    async handle({ caller, body, context }) {
      const attempt = { username: caller.username, context, sessionId: caller.sessionId };
      await guard(attempt, () => bus.call(deleteUser, { ...body, id: caller.id }, context));
      return { status: 204 };
    },
  });
}
