import { z } from 'zod';
import { defineOperation } from '../operation.ts';
import { webhookSchema } from './webhook.ts';

/** All webhooks, the oldest first. */
export const listWebhooks = defineOperation({
  service: 'messaging',
  name: 'list-webhooks',
  callers: ['operator'],
  request: z.strictObject({}),
  response: z.object({ webhooks: z.array(webhookSchema) }),
});
