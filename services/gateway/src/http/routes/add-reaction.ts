import type { Bus } from '@natter/bus';
import { addReaction, maxReactionKinds, messageSchema } from '@natter/contracts';
import { defineRoute, type Route } from '../define-route.ts';
import { entityTagHeader, entityTagOf } from '../input/entity-tags.ts';
import { reactionParameters } from '../input/message-parameters.ts';
import { exampleMessage } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function addReactionRoute(bus: Bus): Route {
  return defineRoute({
    id: 'addReaction',
    method: 'put',
    path: '/conversations/{conversation}/messages/{seq}/reactions/{emoji}',
    tag: 'messages',
    summary: 'React to a message',
    description: `At most ${maxReactionKinds} different emoji on one message: \`validation_failed\`. The same again changes nothing. In a direct conversation with a block on either side: \`forbidden\`, which does not say who blocked whom.`,
    access: 'user',
    params: reactionParameters,
    answers: {
      200: {
        description: 'The message with the reaction',
        schema: messageSchema,
        example: exampleMessage,
        headers: entityTagHeader,
      },
    },
    errors: errorsOf(addReaction),
    async handle({ caller, params, context }) {
      const message = await bus.call(addReaction, { callerId: caller.id, ...params }, context);
      return { status: 200, body: message, headers: { ETag: entityTagOf(message) } };
    },
  });
}
