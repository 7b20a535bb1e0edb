import { z } from 'zod';
import { idSchema, pageSize } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { conversationRefSchema } from './conversation-ref.ts';
import { epochSchema } from './dto.ts';
import { entrySchema } from './entry.ts';

export const logPageSchema = z.object({
  /** By rev, without a hole. */
  data: z.array(entrySchema),
  page: z.object({
    hasAfter: z.boolean(),
    /** The conversation's latest rev when the page was read. */
    rev: z.int().nonnegative(),
    epoch: epochSchema,
    limit: z.int().positive(),
  }),
});

/** What happened in a conversation after a rev: the proof that nothing is missing. */
export const readLog = defineOperation({
  service: 'messaging',
  name: 'read-log',
  request: z.strictObject({
    callerId: idSchema,
    conversation: conversationRefSchema,
    after: z.int().nonnegative(),
    limit: z.int().min(1).max(pageSize.max),
  }),
  response: logPageSchema,
  errors: ['user_not_found', 'conversation_not_found'],
});
