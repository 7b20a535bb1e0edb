import { z } from 'zod';
import { defineOperation } from '../operation.ts';
import { conversationAffinity } from './conversation-ref.ts';
import { messageRefShape } from './get-message.ts';

/** Blanks a message for ever; its place in the conversation stays. */
export const deleteMessage = defineOperation({
  service: 'messaging',
  name: 'delete-message',
  request: z.strictObject(messageRefShape),
  response: z.object({}),
  effect: 'write',
  repeatable: () => true,
  affinity: conversationAffinity,
  errors: ['user_not_found', 'conversation_not_found', 'message_not_found', 'forbidden'],
});
