import { z } from 'zod';
import { idSchema, pageSize } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { conversationRefSchema } from './conversation-ref.ts';
import { messageSchema } from './dto.ts';

/** Messages in one or in all of the caller's conversations, newest first: every word of `q` begins a word of theirs. */
export const searchMessages = defineOperation({
  service: 'messaging',
  name: 'search-messages',
  request: z.strictObject({
    callerId: idSchema,
    /** Without it: all. */
    conversation: conversationRefSchema.optional(),
    q: z.string().min(1).max(256),
    limit: z.int().min(1).max(pageSize.max),
    /** Opaque; from the page before. */
    cursor: z.string().max(512).optional(),
  }),
  response: z.object({
    messages: z.array(messageSchema),
    next: z.string().nullable(),
    /** How many entries of the logs, of whomever, were not looked at yet. */
    behind: z.int().nonnegative(),
  }),
  errors: ['user_not_found', 'conversation_not_found', 'cursor_invalid', 'validation_failed'],
});
