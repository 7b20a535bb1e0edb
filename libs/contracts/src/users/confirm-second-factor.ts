import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { secondFactorCodeSchema } from './second-factor-code.ts';

export const confirmSecondFactorBodySchema = z.strictObject({ code: secondFactorCodeSchema });

export const recoveryCodesSchema = z.object({
  /** Each is good once in place of a code. They are kept as hashes, and not told again. */
  recoveryCodes: z.array(z.string()),
});

/** From now on a log-in takes a code. Ends every session but the one that asks. */
export const confirmSecondFactor = defineOperation({
  service: 'users',
  name: 'confirm-second-factor',
  request: confirmSecondFactorBodySchema.extend({
    callerId: idSchema,
    /** The session that asks, if one does. */
    currentId: idSchema.optional(),
  }),
  response: recoveryCodesSchema,
  effect: 'write',
  errors: ['user_not_found', 'second_factor_not_found', 'second_factor_on', 'wrong_code'],
});
