import { z } from 'zod';
import { timeSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { registrationPolicySchema } from './registration-policy.ts';

/** An invite, with which one account can be made until it expires. Only whoever gets the answer knows it. */
export const createInvite = defineOperation({
  service: 'users',
  name: 'create-invite',
  callers: ['operator'],
  request: z.strictObject({ days: z.int().min(1).max(365) }),
  response: z.object({
    invite: z.string(),
    expires: timeSchema,
    /** Invites are of use where this is `invite`. */
    registration: registrationPolicySchema,
  }),
  effect: 'write',
});
