import { z } from 'zod';
import { idSchema, pageSize } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { conversationSchema } from './dto.ts';

/** The caller's conversations, the one with the latest message first. */
export const listConversations = defineOperation({
  service: 'messaging',
  name: 'list-conversations',
  request: z.strictObject({
    callerId: idSchema,
    limit: z.int().min(1).max(pageSize.max),
    /** Opaque; from the page before. */
    cursor: z.string().max(512).optional(),
  }),
  response: z.object({ conversations: z.array(conversationSchema), next: z.string().nullable() }),
  errors: ['cursor_invalid'],
});
