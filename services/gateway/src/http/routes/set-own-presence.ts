import { presenceBodySchema } from '@natter/contracts';
import type { Presence } from '../../realtime/presence/presence.ts';
import { defineRoute, type Route } from '../define-route.ts';

export function setOwnPresenceRoute(presence: Pick<Presence, 'setStatus'>): Route {
  return defineRoute({
    id: 'setOwnPresence',
    method: 'put',
    path: '/users/me/presence',
    tag: 'users',
    summary: 'Say that I look, or that I do not',
    description:
      'Sets the status of the connections to `/events` and `/ws` that this session has now, or with HTTP Basic those that were opened with a password. A connection begins as `online`. Others see `away` where all of my connections are.',
    access: 'user',
    limit: 'read',
    body: presenceBodySchema.meta({ example: { status: 'away' } }),
    answers: { 204: { description: 'They have that status' } },
    async handle({ caller, body, context }) {
      await presence.setStatus(caller, body.status, context.deadline);
      return { status: 204 };
    },
  });
}
