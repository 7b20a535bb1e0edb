import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { titleSchema } from '../text.ts';
import { conversationAffinity, conversationRefSchema } from './conversation-ref.ts';
import { conversationSchema } from './dto.ts';

export const renameConversationBodySchema = z.strictObject({ title: titleSchema });

/** Gives a group another title; owners and admins may. */
export const renameConversation = defineOperation({
  service: 'messaging',
  name: 'rename-conversation',
  request: renameConversationBodySchema.extend({ callerId: idSchema, conversation: conversationRefSchema }),
  response: conversationSchema,
  effect: 'write',
  repeatable: () => true,
  affinity: conversationAffinity,
  errors: ['user_not_found', 'conversation_not_found', 'forbidden'],
});
