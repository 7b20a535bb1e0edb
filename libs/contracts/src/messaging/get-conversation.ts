import { z } from 'zod';
import { idSchema, pageSize } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { conversationRefSchema } from './conversation-ref.ts';
import { conversationWithMessagesSchema } from './dto.ts';

/** The conversation as the caller sees it, with its newest page of messages. */
export const getConversation = defineOperation({
  service: 'messaging',
  name: 'get-conversation',
  request: z.strictObject({
    callerId: idSchema,
    conversation: conversationRefSchema,
    limit: z.int().min(1).max(pageSize.max),
  }),
  response: conversationWithMessagesSchema,
  errors: ['user_not_found', 'conversation_not_found'],
});
