import { z } from 'zod';
import { defineOperation } from '../operation.ts';
import { userSchema } from './dto.ts';

/**
 * What a person typed. Bounds only what is carried: a name or a password that could never be right is wrong,
 * not invalid, and answers as any other wrong one.
 */
export const credentialsSchema = z.strictObject({
  username: z.string().max(1_024),
  password: z.string().max(4_096),
});

/**
 * Whose credentials these are; `invalid_credentials` alike for an unknown user and a wrong password, and
 * `second_factor_required` where the right one is not enough.
 */
export const checkCredentials = defineOperation({
  service: 'users',
  name: 'check-credentials',
  request: credentialsSchema,
  response: userSchema,
  // The check may have to wait for its turn; asked twice it would only have to wait for longer.
  timeoutMs: 4_000,
  errors: ['invalid_credentials', 'second_factor_required', 'overloaded'],
});
