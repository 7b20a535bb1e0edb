import type { Bus } from '@natter/bus';
import { listMembers } from '@natter/contracts';
import { z } from 'zod';
import { memberListSchema } from '../answer-schemas.ts';
import { defineRoute, type Route } from '../define-route.ts';
import { listParameters } from '../input/page-parameters.ts';
import { conversationParameter } from '../input/reference-parameters.ts';
import { exampleMember, examplePage } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function listMembersRoute(bus: Bus): Route {
  return defineRoute({
    id: 'listMembers',
    method: 'get',
    path: '/conversations/{conversation}/members',
    tag: 'members',
    summary: "A group's members",
    description:
      'In the order in which they joined. `readSeq` is null for whoever keeps receipts private. A direct conversation has no list of them: `forbidden`.',
    access: 'user',
    params: z.object({ conversation: conversationParameter }),
    query: listParameters,
    answers: {
      200: {
        description: 'A page of members',
        schema: memberListSchema,
        example: { data: [exampleMember], page: examplePage },
      },
    },
    errors: errorsOf(listMembers),
    async handle({ caller, params, query, context }) {
      const request = { callerId: caller.id, ...params, ...query };
      const { members, next } = await bus.call(listMembers, request, context);
      return { status: 200, body: { data: members, page: { next, limit: query.limit } } };
    },
  });
}
