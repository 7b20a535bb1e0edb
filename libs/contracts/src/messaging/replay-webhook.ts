import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';

/** Has a conversation's entries delivered again, or for the first time, from a rev on. */
export const replayWebhook = defineOperation({
  service: 'messaging',
  name: 'replay-webhook',
  callers: ['operator'],
  request: z.strictObject({ id: idSchema, conversationId: idSchema, from: z.int().positive() }),
  response: z.object({}),
  effect: 'write',
  repeatable: () => true,
  errors: ['not_found', 'conversation_not_found'],
});
