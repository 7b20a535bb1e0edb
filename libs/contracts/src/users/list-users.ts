import { z } from 'zod';
import { idSchema, pageSize } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { userSchema } from './dto.ts';

/** The users other than the caller, by username. */
export const listUsers = defineOperation({
  service: 'users',
  name: 'list-users',
  request: z.strictObject({
    callerId: idSchema,
    limit: z.int().min(1).max(pageSize.max),
    /** Opaque; from the page before. */
    cursor: z.string().max(512).optional(),
    /** A prefix of the username or of the display name, in any case; as many code points as the latter may have. */
    q: z.string().max(64).optional(),
  }),
  response: z.object({ users: z.array(userSchema), next: z.string().nullable() }),
  errors: ['cursor_invalid'],
});
