import { defineOperation } from '../operation.ts';
import { displayNameSchema } from '../text.ts';
import { credentialsSchema } from './check-credentials.ts';
import { sessionGrantSchema } from './dto.ts';
import { secondFactorCodeSchema } from './second-factor-code.ts';

export const createSessionBodySchema = credentialsSchema.extend({
  /** What the user calls the device, for the list of sessions. */
  device: displayNameSchema.optional(),
  /** Of the second factor; not looked at where the account has none. */
  code: secondFactorCodeSchema.optional(),
});

/**
 * Whether there is a second factor is told to whoever has the password alone: without a code it is `second_factor_required`
 * then, and `wrong_code` with one that is not good.
 */
export const createSession = defineOperation({
  service: 'users',
  name: 'create-session',
  request: createSessionBodySchema,
  response: sessionGrantSchema,
  effect: 'write',
  errors: ['invalid_credentials', 'second_factor_required', 'wrong_code', 'overloaded'],
});
