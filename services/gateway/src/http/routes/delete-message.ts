import type { Bus } from '@natter/bus';
import { deleteMessage } from '@natter/contracts';
import { defineRoute, type Route } from '../define-route.ts';
import { messageParameters } from '../input/message-parameters.ts';
import { errorsOf } from '../route-errors.ts';

export function deleteMessageRoute(bus: Bus): Route {
  return defineRoute({
    id: 'deleteMessage',
    method: 'delete',
    path: '/conversations/{conversation}/messages/{seq}',
    tag: 'messages',
    summary: 'Delete a message',
    description:
      "One's own, and in groups anyone's for owners and admins. What is left is a tombstone: the message keeps its place and its `seq`, and its text is blanked for ever, in the log too. Deleting it again changes nothing.",
    access: 'user',
    params: messageParameters,
    answers: { 204: { description: 'It is deleted' } },
    errors: errorsOf(deleteMessage),
    async handle({ caller, params, context }) {
      await bus.call(deleteMessage, { callerId: caller.id, ...params }, context);
      return { status: 204 };
    },
  });
}
