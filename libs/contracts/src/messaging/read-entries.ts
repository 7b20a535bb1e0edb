import { z } from 'zod';
import { idSchema, pageSize } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { entrySchema } from './entry.ts';

/** A part of a log for a gateway that missed a push of it; who may see it the gateway knows. */
export const readEntries = defineOperation({
  service: 'messaging',
  name: 'read-entries',
  request: z.strictObject({
    conversationId: idSchema,
    after: z.int().nonnegative(),
    limit: z.int().min(1).max(pageSize.max),
  }),
  /** `rev` is the conversation's latest when they were read. */
  response: z.object({ entries: z.array(entrySchema), rev: z.int().nonnegative() }),
});
