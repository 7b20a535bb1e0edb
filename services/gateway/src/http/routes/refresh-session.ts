import type { Bus } from '@natter/bus';
import { refreshSession, refreshSessionBodySchema, sessionGrantSchema } from '@natter/contracts';
import { defineRoute, type Route } from '../define-route.ts';
import { exampleGrant } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function refreshSessionRoute(bus: Bus): Route {
  return defineRoute({
    id: 'refreshSession',
    method: 'post',
    path: '/sessions/refresh',
    tag: 'sessions',
    summary: 'Get new tokens for a session',
    description:
      'The refresh token is used up, and comes back as its successor. For 10 s after its first use it gets the same successor again, so a lost answer or two tabs do no harm; used later it is `invalid_token`, and ends the session, because somebody has a token that is not theirs.',
    access: 'open',
    body: refreshSessionBodySchema.meta({ example: { refreshToken: exampleGrant.refreshToken } }),
    answers: {
      200: { description: 'The session and new tokens', schema: sessionGrantSchema, example: exampleGrant },
    },
    errors: errorsOf(refreshSession),
    async handle({ body, context }) {
      return { status: 200, body: await bus.call(refreshSession, body, context) };
    },
  });
}
