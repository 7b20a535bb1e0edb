import { z } from 'zod';
import { idSchema, timeSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { usernameSchema } from '../username.ts';
import { auditRecordSchema } from './audit-record.ts';

/** What the audit log holds, the latest first. */
export const listAudit = defineOperation({
  service: 'users',
  name: 'list-audit',
  callers: ['operator'],
  request: z.strictObject({
    /** Only of the account that has, or had, this name. */
    username: usernameSchema.optional(),
    /** Only what happened then or later. */
    since: timeSchema.optional(),
    /** The last record of the page before. */
    beforeId: idSchema.optional(),
    limit: z.int().min(1).max(500),
  }),
  /** Fewer than the limit are the last. */
  response: z.object({ records: z.array(auditRecordSchema) }),
});
