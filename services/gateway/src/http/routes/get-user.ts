import type { Bus } from '@natter/bus';
import { getUser } from '@natter/contracts';
import { z } from 'zod';
import { defineRoute, type Route } from '../define-route.ts';
import { userParameter } from '../input/reference-parameters.ts';
import { exampleUser } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function getUserRoute(bus: Bus): Route {
  return defineRoute({
    id: 'getUser',
    method: 'get',
    path: '/users/{user}',
    tag: 'users',
    summary: 'One user',
    description:
      'A deleted one is found by id only. Where the directory is not for everyone (`DIRECTORY`), only those are found who share a conversation with me.',
    access: 'user',
    params: z.object({ user: userParameter }),
    answers: { 200: { description: 'The user', schema: getUser.response, example: exampleUser } },
    errors: errorsOf(getUser),
    async handle({ caller, params, context }) {
      const user = await bus.call(getUser, { ...params.user, callerId: caller.id }, context);
      return { status: 200, body: user };
    },
  });
}
