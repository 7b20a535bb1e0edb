import { z } from 'zod';
import { defineOperation } from '../operation.ts';
import { usernameSchema } from '../username.ts';

/** Log-ins, and other questions for a password, that a gateway refused unread after too many wrong ones. */
export const limitedLoginsSchema = z.strictObject({
  /** What there were too many wrong ones for; `others` sums up what was too much to tell apart. */
  limit: z.enum(['account', 'address', 'others']),
  /** Whose password it was to be, where it can be somebody's. */
  username: usernameSchema.optional(),
  /** Of the client, as it is counted: of IPv6 the first 64 bits. */
  address: z.string().max(64).optional(),
  /** The first of them. */
  requestId: z.string().max(128).optional(),
  count: z.int().positive(),
});

export type LimitedLogins = z.infer<typeof limitedLoginsSchema>;

/** How many a gateway tells apart in one report. */
export const mostLimitedLogins = 500;

/** Has what a gateway refused since it reported last recorded in the audit log. Asked twice, it is recorded twice. */
export const reportLimitedLogins = defineOperation({
  service: 'users',
  name: 'report-limited-logins',
  request: z.strictObject({
    logins: z
      .array(limitedLoginsSchema)
      .min(1)
      .max(mostLimitedLogins + 1),
  }),
  response: z.object({}),
  effect: 'write',
});
