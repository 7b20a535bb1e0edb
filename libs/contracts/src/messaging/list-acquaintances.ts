import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';

/** All who share a conversation with a user now, by id. */
export const listAcquaintances = defineOperation({
  service: 'messaging',
  name: 'list-acquaintances',
  callers: ['gateway', 'users'],
  request: z.strictObject({
    userId: idSchema,
    /** From the page before. */
    afterId: idSchema.optional(),
    /** Without those whom a block, on either side, keeps apart from them. */
    exceptApart: z.literal(true).optional(),
    limit: z.int().min(1).max(10_000),
  }),
  /** Fewer than the limit are the last, where nobody was left out. */
  response: z.object({ ids: z.array(idSchema) }),
});
