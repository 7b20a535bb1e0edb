import type { Bus } from '@natter/bus';
import { beginSecondFactor, beginSecondFactorBodySchema, newSecondFactorSchema } from '@natter/contracts';
import type { GuardPassword } from '../../limits/password-guard.ts';
import { defineRoute, type Route } from '../define-route.ts';
import { exampleNewSecondFactor } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function beginSecondFactorRoute(bus: Bus, guard: GuardPassword): Route {
  return defineRoute({
    id: 'beginSecondFactor',
    method: 'post',
    path: '/users/me/second-factor',
    tag: 'users',
    summary: 'Get a secret for a second factor',
    description:
      'For an app that shows codes (TOTP, RFC 6238): show the `uri` as a QR code, or the `secret`. Nothing changes before it is confirmed by a code. Asked again, it is another secret, and the one before is good for nothing.',
    access: 'user',
    beforeSecondFactor: true,
    limit: 'address',
    body: beginSecondFactorBodySchema.meta({ example: { password: 'natter-demo' } }),
    answers: {
      201: {
        description: 'The secret, which is not told again',
        schema: newSecondFactorSchema,
        example: exampleNewSecondFactor,
      },
    },
    errors: errorsOf(beginSecondFactor),
    async handle({ caller, body, context }) {
      const attempt = { username: caller.username, context, sessionId: caller.sessionId };
      const request = { ...body, callerId: caller.id };
      return {
        status: 201,
        body: await guard(attempt, () => bus.call(beginSecondFactor, request, context)),
      };
    },
  });
}
