import type { Bus } from '@natter/bus';
import { createUser, createUserBodySchema, NatterError, userSchema } from '@natter/contracts';
import { defineRoute, type Route } from '../define-route.ts';
import { exampleUser } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function createUserRoute(bus: Bus, { registration }: { registration: 'open' | 'closed' }): Route {
  return defineRoute({
    id: 'createUser',
    method: 'post',
    path: '/users',
    tag: 'users',
    summary: 'Make an account',
    description: 'Open to everyone where registration is: see `/server`.',
    access: 'open',
    body: createUserBodySchema.meta({ example: { username: 'alice', password: 'natter-demo' } }),
    answers: {
      201: {
        description: 'The new user',
        schema: userSchema,
        example: exampleUser,
        headers: { Location: 'Of the user' },
      },
    },
    errors: errorsOf(createUser),
    async handle({ body, context }) {
      if (registration === 'closed') throw new NatterError('registration_closed');
      const user = await bus.call(createUser, body, context);
      return { status: 201, body: user, headers: { Location: `/api/v1/users/${user.username}` } };
    },
  });
}
