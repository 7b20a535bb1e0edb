import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { conversationRefSchema } from './conversation-ref.ts';
import { messageSchema } from './dto.ts';

/** Which message, as its caller names it. */
export const messageRefShape = {
  callerId: idSchema,
  conversation: conversationRefSchema,
  seq: z.int().positive(),
};

export const getMessage = defineOperation({
  service: 'messaging',
  name: 'get-message',
  request: z.strictObject(messageRefShape),
  response: messageSchema,
  errors: ['user_not_found', 'conversation_not_found', 'message_not_found'],
});
