import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { endedSessionSchema } from './session-ended.ts';

/**
 * Every session that has ended and whose access tokens might be taken for good, or that ended in the last ten minutes, by
 * id: for who may have missed a push.
 */
export const listEndedSessions = defineOperation({
  service: 'users',
  name: 'list-ended-sessions',
  request: z.strictObject({
    /** From the page before. */
    afterId: idSchema.optional(),
    limit: z.int().min(1).max(1_000),
  }),
  /** Fewer than the limit are the last. */
  response: z.object({ sessions: z.array(endedSessionSchema) }),
});
