import type { Bus } from '@natter/bus';
import { getUser, presenceSchema } from '@natter/contracts';
import { z } from 'zod';
import type { Presence } from '../../realtime/presence/presence.ts';
import { defineRoute, type Route } from '../define-route.ts';
import { userParameter } from '../input/reference-parameters.ts';
import { examplePresence } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function getPresenceRoute(bus: Bus, presence: Pick<Presence, 'of'>): Route {
  return defineRoute({
    id: 'getPresence',
    method: 'get',
    path: '/users/{user}/presence',
    tag: 'users',
    summary: 'Whether somebody is there',
    description:
      '`online` while one of their clients is connected to `/events` or `/ws`, `away` where all of these say so, and `offline` from 10 s after the last of them went; `lastSeen` is when that was. Shown to those who share a conversation with them; to everybody else, and where a block keeps the two apart, they are `offline` and were never seen. Where presence is switched off (`PRESENCE`) there is no such path.',
    access: 'user',
    params: z.object({ user: userParameter }),
    answers: {
      200: { description: 'How they appear to me', schema: presenceSchema, example: examplePresence },
    },
    errors: errorsOf(getUser),
    async handle({ caller, params, context }) {
      const user = await bus.call(getUser, { ...params.user, callerId: caller.id }, context);
      return { status: 200, body: await presence.of(caller, user, context) };
    },
  });
}
