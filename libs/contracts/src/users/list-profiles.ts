import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { userProfileSchema } from './user-changed.ts';

/** Every user there ever was, the deleted too, by id: for other services' projections that are made again, and for operators. */
export const listProfiles = defineOperation({
  service: 'users',
  name: 'list-profiles',
  callers: ['operator'],
  request: z.strictObject({
    /** From the page before. */
    afterId: idSchema.optional(),
    /** Only those whose account the operator keeps closed. */
    disabled: z.literal(true).optional(),
    limit: z.int().min(1).max(1_000),
  }),
  /** Fewer than the limit are the last. */
  response: z.object({ profiles: z.array(userProfileSchema) }),
});
