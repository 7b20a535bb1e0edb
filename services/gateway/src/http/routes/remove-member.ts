import type { Bus } from '@natter/bus';
import { removeMember } from '@natter/contracts';
import { z } from 'zod';
import { defineRoute, type Route } from '../define-route.ts';
import { conversationParameter, usernameParameter } from '../input/reference-parameters.ts';
import { errorsOf } from '../route-errors.ts';

const memberParameter = usernameParameter.meta({
  type: 'string',
  description: 'A username, or `me`',
  example: 'bob',
});

export function removeMemberRoute(bus: Bus): Route {
  return defineRoute({
    id: 'removeMember',
    method: 'delete',
    path: '/conversations/{conversation}/members/{username}',
    tag: 'members',
    summary: 'Take somebody out of a group, or leave it',
    description:
      'Owners remove anyone, admins plain members, everyone themselves. From then on the conversation is nowhere to be found for whom it was. One owner at least remains while anyone does: `last_owner`.',
    access: 'user',
    params: z.object({ conversation: conversationParameter, username: memberParameter }),
    answers: { 204: { description: 'They are no member' } },
    errors: errorsOf(removeMember),
    async handle({ caller, params, context }) {
      await bus.call(removeMember, { callerId: caller.id, ...params }, context);
      return { status: 204 };
    },
  });
}
