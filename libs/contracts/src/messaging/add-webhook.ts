import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';

/** Has what is appended from now on posted to a URL. Only whoever gets the answer is told the secret that signs it. */
export const addWebhook = defineOperation({
  service: 'messaging',
  name: 'add-webhook',
  callers: ['operator'],
  request: z.strictObject({
    url: z.string().max(2_048),
    /** Absent for all conversations. */
    conversationId: idSchema.optional(),
  }),
  response: z.object({ id: idSchema, secret: z.string() }),
  effect: 'write',
  errors: ['conversation_not_found'],
});
