import { z } from 'zod';
import { defineOperation } from '../operation.ts';
import { emojiSchema } from '../text.ts';
import { conversationAffinity } from './conversation-ref.ts';
import { messageSchema } from './dto.ts';
import { messageRefShape } from './get-message.ts';

/** Reacts to a message with one emoji; once it is there, again changes nothing. */
export const addReaction = defineOperation({
  service: 'messaging',
  name: 'add-reaction',
  request: z.strictObject({ ...messageRefShape, emoji: emojiSchema }),
  response: messageSchema,
  effect: 'write',
  repeatable: () => true,
  affinity: conversationAffinity,
  errors: [
    'user_not_found',
    'conversation_not_found',
    'message_not_found',
    'forbidden',
    'message_deleted',
    'validation_failed',
  ],
});
