import { z } from 'zod';
import { clientMessageIdSchema, idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { contentSchema } from '../text.ts';
import { usernameSchema } from '../username.ts';
import { conversationAffinity, conversationRefSchema } from './conversation-ref.ts';
import { messageSchema } from './dto.ts';

/** The largest value that `MESSAGE_MAX_CHARACTERS` may be set to: as many as fit into a message's bytes. */
export const highestMessageMaxCharacters = 16_384;

export const sendMessageBodySchema = (maxCharacters: number) =>
  z.strictObject({
    content: contentSchema(maxCharacters),
    /** The seq of the message that this one answers. */
    replyTo: z.int().positive().optional(),
    clientMessageId: clientMessageIdSchema.optional(),
  });

/** `replayed` where the key was seen before: then `message` is that message as it is now. */
export const sendMessage = defineOperation({
  service: 'messaging',
  name: 'send-message',
  request: sendMessageBodySchema(highestMessageMaxCharacters).extend({
    callerId: idSchema,
    /** So that a send needs to know no user but the one it is to. */
    callerUsername: usernameSchema,
    conversation: conversationRefSchema,
  }),
  response: z.object({ message: messageSchema, replayed: z.boolean() }),
  effect: 'write',
  repeatable: (request) => request.clientMessageId !== undefined,
  affinity: conversationAffinity,
  errors: [
    'user_not_found',
    'conversation_not_found',
    'forbidden',
    'validation_failed',
    'message_deleted',
    'idempotency_key_reused',
  ],
});
