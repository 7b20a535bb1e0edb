import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { positionSchema } from './position.ts';

/** Which conversations a user is in, and how far each had got at the least when they were read, in the order of their ids. */
export const listHeads = defineOperation({
  service: 'messaging',
  name: 'list-heads',
  request: z.strictObject({
    callerId: idSchema,
    afterId: idSchema.optional(),
    limit: z.int().min(1).max(1_000),
  }),
  response: z.object({
    /** From before they were read: what changed since comes with `sync`. */
    position: positionSchema,
    heads: z.array(z.object({ conversationId: idSchema, rev: z.int().positive() })),
  }),
});
