import { z } from 'zod';
import { idSchema, pageSize } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { conversationRefSchema } from './conversation-ref.ts';
import { messagePageSchema } from './dto.ts';

/** Which page: the messages before, after or around a seq. */
export const pagePositionSchema = z.union([
  z.strictObject({ before: z.int().positive() }),
  z.strictObject({ after: z.int().nonnegative() }),
  z.strictObject({ around: z.int().positive() }),
]);

export type PagePosition = z.infer<typeof pagePositionSchema>;

/** One page of messages, oldest to newest; the newest page where no position is given. */
export const listMessages = defineOperation({
  service: 'messaging',
  name: 'list-messages',
  request: z.strictObject({
    callerId: idSchema,
    conversation: conversationRefSchema,
    limit: z.int().min(1).max(pageSize.max),
    position: pagePositionSchema.optional(),
  }),
  response: messagePageSchema,
  errors: ['user_not_found', 'conversation_not_found'],
});
