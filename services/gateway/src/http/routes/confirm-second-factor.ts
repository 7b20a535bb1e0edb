import type { Bus } from '@natter/bus';
import { confirmSecondFactor, confirmSecondFactorBodySchema, recoveryCodesSchema } from '@natter/contracts';
import type { GuardPassword } from '../../limits/password-guard.ts';
import { defineRoute, type Route } from '../define-route.ts';
import { exampleRecoveryCodes } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function confirmSecondFactorRoute(bus: Bus, guard: GuardPassword): Route {
  return defineRoute({
    id: 'confirmSecondFactor',
    method: 'put',
    path: '/users/me/second-factor',
    tag: 'users',
    summary: 'Turn the second factor on',
    description:
      'With a code of the app, which is used by that. From then on a log-in takes a code, and HTTP Basic opens nothing. Ends every other session of mine. Where the server requires a second factor, refresh the session then: its next access token opens everything. The answer has ten recovery codes, each good once in place of a code.',
    access: 'user',
    beforeSecondFactor: true,
    limit: 'address',
    body: confirmSecondFactorBodySchema.meta({ example: { code: '492039' } }),
    answers: {
      200: {
        description: 'The recovery codes, which are not told again',
        schema: recoveryCodesSchema,
        example: exampleRecoveryCodes,
      },
    },
    errors: errorsOf(confirmSecondFactor),
    async handle({ caller, body, context }) {
      const attempt = { username: caller.username, context, sessionId: caller.sessionId };
      const request = { ...body, callerId: caller.id, currentId: caller.sessionId };
      return {
        status: 200,
        body: await guard(attempt, () => bus.call(confirmSecondFactor, request, context)),
      };
    },
  });
}
