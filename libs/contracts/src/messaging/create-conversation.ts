import { z } from 'zod';
import { clientMessageIdSchema, idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { titleSchema } from '../text.ts';
import { usernameSchema } from '../username.ts';
import { conversationSchema } from './dto.ts';

/** The largest value that `GROUP_MAX_MEMBERS` may be set to. */
export const highestGroupMaxMembers = 1_000;

export const createConversationBodySchema = z.strictObject({
  title: titleSchema,
  /** Whom to add beside oneself; twice the same counts once. */
  members: z.array(usernameSchema).max(highestGroupMaxMembers),
});

/** Makes a group whose owner the caller is. With a key, the same key of the same caller is the same group for ever. */
export const createConversation = defineOperation({
  service: 'messaging',
  name: 'create-conversation',
  request: createConversationBodySchema.extend({
    callerId: idSchema,
    key: clientMessageIdSchema.optional(),
  }),
  response: z.object({ conversation: conversationSchema, replayed: z.boolean() }),
  effect: 'write',
  repeatable: (request) => request.key !== undefined,
  errors: [
    'user_not_found',
    'conversation_not_found',
    'forbidden',
    'validation_failed',
    'idempotency_key_reused',
  ],
});
