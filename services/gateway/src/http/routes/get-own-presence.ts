import { presenceSchema } from '@natter/contracts';
import type { Presence } from '../../realtime/presence/presence.ts';
import { defineRoute, type Route } from '../define-route.ts';
import { exampleOwnPresence } from '../openapi/examples.ts';

export function getOwnPresenceRoute(presence: Pick<Presence, 'of'>): Route {
  return defineRoute({
    id: 'getOwnPresence',
    method: 'get',
    path: '/users/me/presence',
    tag: 'users',
    summary: 'How I appear to those who share a conversation with me',
    access: 'user',
    answers: { 200: { description: 'As they see it', schema: presenceSchema, example: exampleOwnPresence } },
    async handle({ caller, context }) {
      return { status: 200, body: await presence.of(caller, caller, context) };
    },
  });
}
