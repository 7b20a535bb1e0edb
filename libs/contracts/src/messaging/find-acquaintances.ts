import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';

/** Which of some users share a conversation with a user now. */
export const findAcquaintances = defineOperation({
  service: 'messaging',
  name: 'find-acquaintances',
  callers: ['gateway', 'users'],
  request: z.strictObject({
    userId: idSchema,
    among: z.array(idSchema).min(1).max(1_000),
    /** Without those whom a block, on either side, keeps apart from them. */
    exceptApart: z.literal(true).optional(),
  }),
  response: z.object({ ids: z.array(idSchema) }),
});
