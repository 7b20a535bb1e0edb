import type { Bus } from '@natter/bus';
import { endSession, idSchema, NatterError } from '@natter/contracts';
import { z } from 'zod';
import { defineRoute, type Route } from '../define-route.ts';
import { errorsOf } from '../route-errors.ts';

const current = 'current';

const sessionParameter = z
  .string()
  .transform((text) => {
    if (text !== current && !idSchema.safeParse(text).success) throw new NatterError('session_not_found');
    return text;
  })
  .meta({ type: 'string', description: 'The id of a session, or `current`', example: current });

export function endSessionRoute(bus: Bus): Route {
  return defineRoute({
    id: 'endSession',
    method: 'delete',
    path: '/sessions/{session}',
    tag: 'sessions',
    summary: 'End one of my sessions',
    description:
      '`/sessions/current` logs out; with HTTP Basic there is no such session. Within a second none of the access tokens of the session is good any more, on any gateway. After 504 `outcome_unknown` it may have ended, and perhaps not every gateway has heard of it: ask once more, or within 30 s they will have.',
    access: 'user',
    beforeSecondFactor: true,
    limit: 'address',
    params: z.object({ session: sessionParameter }),
    answers: { 204: { description: 'The session has ended' } },
    errors: errorsOf(endSession),
    async handle({ caller, params, context }) {
      const id = params.session === current ? caller.sessionId : params.session;
      if (id === undefined) throw new NatterError('session_not_found');
      await bus.call(endSession, { callerId: caller.id, id }, context);
      return { status: 204 };
    },
  });
}
