import type { Bus } from '@natter/bus';
import { blockUser } from '@natter/contracts';
import { z } from 'zod';
import { defineRoute, type Route } from '../define-route.ts';
import { usernameParameter } from '../input/reference-parameters.ts';
import { errorsOf } from '../route-errors.ts';

export function blockUserRoute(bus: Bus): Route {
  return defineRoute({
    id: 'blockUser',
    method: 'put',
    path: '/blocks/{username}',
    tag: 'blocks',
    summary: 'Block a user',
    description:
      'Within a second of the answer nobody can send, edit or react in our direct conversation any more: `forbidden`, which does not say who blocked whom. Its history stays readable for both. Nor can they put me into a group; in groups where both are members nothing changes. Blocking again changes nothing.',
    access: 'user',
    params: z.object({ username: usernameParameter }),
    answers: { 204: { description: 'They are blocked' } },
    errors: errorsOf(blockUser),
    async handle({ caller, params, context }) {
      await bus.call(blockUser, { callerId: caller.id, ...params }, context);
      return { status: 204 };
    },
  });
}
