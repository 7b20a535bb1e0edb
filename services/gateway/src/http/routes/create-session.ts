import type { Bus } from '@natter/bus';
import { createSession, createSessionBodySchema, sessionGrantSchema } from '@natter/contracts';
import type { GuardPassword } from '../../limits/password-guard.ts';
import { defineRoute, type Route } from '../define-route.ts';
import { exampleGrant } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function createSessionRoute(bus: Bus, guard: GuardPassword): Route {
  return defineRoute({
    id: 'createSession',
    method: 'post',
    path: '/sessions',
    tag: 'sessions',
    summary: 'Log in',
    description:
      'Gives an access token for `Authorization: Bearer`. Where the account has a second factor, whoever has the right password without a `code` gets `second_factor_required`, and asks again with one: six digits of the app, or a recovery code. Each is good once; a wrong one counts as a wrong password does. Where the server requires a second factor (`secondFactor` of `/server`) and the account has none, the session can see its user, set one up, change the password and end; all else answers `second_factor_setup_required`.',
    access: 'open',
    body: createSessionBodySchema.meta({ example: { username: 'alice', password: 'natter-demo' } }),
    answers: {
      201: { description: 'A session and its tokens', schema: sessionGrantSchema, example: exampleGrant },
    },
    errors: errorsOf(createSession),
    async handle({ body, context }) {
      const attempt = { username: body.username, context };
      const grant = await guard(attempt, () => bus.call(createSession, body, context));
      return { status: 201, body: grant };
    },
  });
}
