import type { Bus } from '@natter/bus';
import { messageSchema, removeReaction } from '@natter/contracts';
import { defineRoute, type Route } from '../define-route.ts';
import { entityTagHeader, entityTagOf } from '../input/entity-tags.ts';
import { reactionParameters } from '../input/message-parameters.ts';
import { exampleMessage } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function removeReactionRoute(bus: Bus): Route {
  return defineRoute({
    id: 'removeReaction',
    method: 'delete',
    path: '/conversations/{conversation}/messages/{seq}/reactions/{emoji}',
    tag: 'messages',
    summary: 'Take a reaction back',
    description: "One's own only; where there is none nothing changes.",
    access: 'user',
    params: reactionParameters,
    answers: {
      200: {
        description: 'The message without the reaction',
        schema: messageSchema,
        example: { ...exampleMessage, reactions: [] },
        headers: entityTagHeader,
      },
    },
    errors: errorsOf(removeReaction),
    async handle({ caller, params, context }) {
      const message = await bus.call(removeReaction, { callerId: caller.id, ...params }, context);
      return { status: 200, body: message, headers: { ETag: entityTagOf(message) } };
    },
  });
}
