import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { credentialsSchema } from './check-credentials.ts';
import { secondFactorCodeSchema } from './second-factor-code.ts';

export const removeSecondFactorBodySchema = credentialsSchema
  .pick({ password: true })
  .extend({ code: secondFactorCodeSchema });

/** From now on there is a password alone, as before there was a second factor. Ends every session, the one that asks too. */
export const removeSecondFactor = defineOperation({
  service: 'users',
  name: 'remove-second-factor',
  request: removeSecondFactorBodySchema.extend({ callerId: idSchema }),
  response: z.object({}),
  effect: 'write',
  errors: ['user_not_found', 'second_factor_not_found', 'wrong_password', 'wrong_code', 'overloaded'],
});
