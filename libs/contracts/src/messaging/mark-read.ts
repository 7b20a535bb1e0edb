import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { conversationRefSchema } from './conversation-ref.ts';

const count = z.int().nonnegative();

export const markReadBodySchema = z.strictObject({ seq: count });

export const readMarkSchema = z.object({ readSeq: count, unread: count });

/** Moves the caller's read marker forward; never back. */
export const markRead = defineOperation({
  service: 'messaging',
  name: 'mark-read',
  request: markReadBodySchema.extend({ callerId: idSchema, conversation: conversationRefSchema }),
  response: readMarkSchema,
  effect: 'write',
  repeatable: () => true,
  errors: ['user_not_found', 'conversation_not_found', 'validation_failed'],
});
