import { z } from 'zod';
import { idSchema, timeSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';

/** Where an entry that was given up stands, for a list to go on after it. */
const positionSchema = z.strictObject({ conversationId: idSchema, rev: z.int().positive() });

/** An entry that a webhook's receiver did not take for a day. What it says is in the log, and only there. */
export const webhookDeadLetterSchema = z.object({
  ...positionSchema.shape,
  type: z.string(),
  /** When it was given up. */
  at: timeSchema,
  /** Why the last delivery failed. */
  reason: z.string(),
});

export type WebhookDeadLetter = z.infer<typeof webhookDeadLetterSchema>;

/** What a webhook gave up, by conversation and rev, from after a position on. */
export const listWebhookDeadLetters = defineOperation({
  service: 'messaging',
  name: 'list-webhook-dead-letters',
  callers: ['operator'],
  request: z.strictObject({
    id: idSchema,
    after: positionSchema.optional(),
    limit: z.int().min(1).max(500),
  }),
  response: z.object({ deadLetters: z.array(webhookDeadLetterSchema) }),
  errors: ['not_found'],
});
