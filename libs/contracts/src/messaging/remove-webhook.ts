import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';

/** Ends a webhook, and forgets what it has delivered. */
export const removeWebhook = defineOperation({
  service: 'messaging',
  name: 'remove-webhook',
  callers: ['operator'],
  request: z.strictObject({ id: idSchema }),
  response: z.object({}),
  effect: 'write',
  errors: ['not_found'],
});
