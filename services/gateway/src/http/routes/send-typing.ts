import type { Bus } from '@natter/bus';
import { sendTyping } from '@natter/contracts';
import { z } from 'zod';
import { defineRoute, type Route } from '../define-route.ts';
import { conversationParameter } from '../input/reference-parameters.ts';
import { errorsOf } from '../route-errors.ts';

export function sendTypingRoute(bus: Bus): Route {
  return defineRoute({
    id: 'sendTyping',
    method: 'post',
    path: '/conversations/{conversation}/typing',
    tag: 'conversations',
    summary: 'Say that I am writing',
    description:
      'The others who are connected get a `typing`, which is over after `expiresIn` seconds or with my next message. Ask again while I go on writing: the others are told once in 3 seconds, however often it is asked. Nothing keeps it. `forbidden` where a message would be.',
    access: 'user',
    limit: 'read',
    params: z.object({ conversation: conversationParameter }),
    answers: { 204: { description: 'The others are told, or were a moment ago' } },
    errors: errorsOf(sendTyping),
    async handle({ caller, params, context }) {
      const { id: callerId, username: callerUsername } = caller;
      await bus.call(sendTyping, { ...params, callerId, callerUsername }, context);
      return { status: 204 };
    },
  });
}
