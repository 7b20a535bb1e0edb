import type { Bus } from '@natter/bus';
import { memberSchema, setMember, setMemberBodySchema } from '@natter/contracts';
import { z } from 'zod';
import { defineRoute, type Route } from '../define-route.ts';
import { conversationParameter, usernameParameter } from '../input/reference-parameters.ts';
import { exampleMember } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function setMemberRoute(bus: Bus): Route {
  return defineRoute({
    id: 'setMember',
    method: 'put',
    path: '/conversations/{conversation}/members/{username}',
    tag: 'members',
    summary: 'Add somebody to a group, or give a member another role',
    description:
      'Owners and admins add members, owners alone change roles and may make further owners; without a role, and without a body, a newcomer is a plain member and a member stays what they are. A newcomer sees the whole history and has read all of it. Who has blocked me can not be added: `forbidden`. One owner at least remains: `last_owner`.',
    access: 'user',
    params: z.object({ conversation: conversationParameter, username: usernameParameter }),
    body: setMemberBodySchema.optional().meta({ example: { role: 'admin' } }),
    answers: {
      200: {
        description: 'The member, who was one already',
        schema: memberSchema,
        example: { ...exampleMember, role: 'admin' },
      },
      201: { description: 'The member, who is new', schema: memberSchema, example: exampleMember },
    },
    errors: errorsOf(setMember),
    async handle({ caller, params, body, context }) {
      const request = { ...body, ...params, callerId: caller.id };
      const { member, added } = await bus.call(setMember, request, context);
      return { status: added ? 201 : 200, body: member };
    },
  });
}
