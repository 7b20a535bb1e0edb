import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { usernameSchema } from '../username.ts';
import { conversationAffinity, conversationRefSchema } from './conversation-ref.ts';

/** Tells the others that the caller is writing, unless they were told some seconds ago; nothing keeps it. */
export const sendTyping = defineOperation({
  service: 'messaging',
  name: 'send-typing',
  request: z.strictObject({
    callerId: idSchema,
    /** By which requests about one direct conversation are recognised. */
    callerUsername: usernameSchema,
    conversation: conversationRefSchema,
  }),
  response: z.object({}),
  // At worst it is told twice.
  repeatable: () => true,
  // One process knows best when it was told last.
  affinity: conversationAffinity,
  errors: ['user_not_found', 'conversation_not_found', 'forbidden'],
});
