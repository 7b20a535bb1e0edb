import type { Bus } from '@natter/bus';
import { unblockUser } from '@natter/contracts';
import { z } from 'zod';
import { defineRoute, type Route } from '../define-route.ts';
import { usernameParameter } from '../input/reference-parameters.ts';
import { errorsOf } from '../route-errors.ts';

export function unblockUserRoute(bus: Bus): Route {
  return defineRoute({
    id: 'unblockUser',
    method: 'delete',
    path: '/blocks/{username}',
    tag: 'blocks',
    summary: 'Take a block back',
    description: 'Where there is none nothing changes.',
    access: 'user',
    params: z.object({ username: usernameParameter }),
    answers: { 204: { description: 'They are not blocked' } },
    errors: errorsOf(unblockUser),
    async handle({ caller, params, context }) {
      await bus.call(unblockUser, { callerId: caller.id, ...params }, context);
      return { status: 204 };
    },
  });
}
