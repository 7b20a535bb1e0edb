import { z } from 'zod';
import { defineOperation } from '../operation.ts';
import { emojiSchema } from '../text.ts';
import { conversationAffinity } from './conversation-ref.ts';
import { messageSchema } from './dto.ts';
import { messageRefShape } from './get-message.ts';

/** Takes one's own reaction back; where there is none nothing changes. */
export const removeReaction = defineOperation({
  service: 'messaging',
  name: 'remove-reaction',
  request: z.strictObject({ ...messageRefShape, emoji: emojiSchema }),
  response: messageSchema,
  effect: 'write',
  repeatable: () => true,
  affinity: conversationAffinity,
  errors: ['user_not_found', 'conversation_not_found', 'message_not_found'],
});
