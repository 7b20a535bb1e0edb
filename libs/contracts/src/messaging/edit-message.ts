import { z } from 'zod';
import { defineOperation } from '../operation.ts';
import { contentSchema } from '../text.ts';
import { conversationAffinity } from './conversation-ref.ts';
import { messageSchema } from './dto.ts';
import { messageRefShape } from './get-message.ts';
import { highestMessageMaxCharacters } from './send-message.ts';

export const editMessageBodySchema = (maxCharacters: number) =>
  z.strictObject({ content: contentSchema(maxCharacters) });

/** Gives one's own message another text. What is the text already is left as it is. */
export const editMessage = defineOperation({
  service: 'messaging',
  name: 'edit-message',
  request: editMessageBodySchema(highestMessageMaxCharacters).extend({
    ...messageRefShape,
    /** Only if the message's `rev` is one of these. */
    ifRev: z.array(z.int().positive()).max(50).optional(),
  }),
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
    'precondition_failed',
    'validation_failed',
  ],
});
