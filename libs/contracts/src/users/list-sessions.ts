import { z } from 'zod';
import { idSchema, pageSize } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { sessionSchema } from './dto.ts';

/** The caller's own sessions that have not ended, the latest login first. */
export const listSessions = defineOperation({
  service: 'users',
  name: 'list-sessions',
  request: z.strictObject({
    callerId: idSchema,
    /** The one that asks, if one does. */
    currentId: idSchema.optional(),
    limit: z.int().min(1).max(pageSize.max),
    /** Opaque; from the page before. */
    cursor: z.string().max(512).optional(),
  }),
  response: z.object({ sessions: z.array(sessionSchema), next: z.string().nullable() }),
  errors: ['cursor_invalid'],
});
