import { z } from 'zod';
import { idSchema, pageSize } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { userSchema } from '../users/dto.ts';

/** Whom the caller has blocked, in no order that means anything. */
export const listBlocks = defineOperation({
  service: 'messaging',
  name: 'list-blocks',
  request: z.strictObject({
    callerId: idSchema,
    limit: z.int().min(1).max(pageSize.max),
    /** Opaque; from the page before. */
    cursor: z.string().max(512).optional(),
  }),
  response: z.object({ users: z.array(userSchema), next: z.string().nullable() }),
  errors: ['cursor_invalid'],
});
