import { z } from 'zod';
import { idSchema, pageSize } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { conversationRefSchema } from './conversation-ref.ts';
import { memberSchema } from './dto.ts';

/** A group's members in the order in which they joined. */
export const listMembers = defineOperation({
  service: 'messaging',
  name: 'list-members',
  request: z.strictObject({
    callerId: idSchema,
    conversation: conversationRefSchema,
    limit: z.int().min(1).max(pageSize.max),
    /** Opaque; from the page before. */
    cursor: z.string().max(512).optional(),
  }),
  response: z.object({ members: z.array(memberSchema), next: z.string().nullable() }),
  errors: ['user_not_found', 'conversation_not_found', 'forbidden', 'cursor_invalid'],
});
