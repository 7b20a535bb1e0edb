import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { credentialsSchema } from './check-credentials.ts';

export const beginSecondFactorBodySchema = credentialsSchema.pick({ password: true });

/** What an app that shows codes (RFC 6238) has to know; only whoever gets the answer knows it. */
export const newSecondFactorSchema = z.object({
  /** In base32 (RFC 4648), for whoever types it. */
  secret: z.string(),
  /** The same as an `otpauth:` URI, as apps read it from a QR code. */
  uri: z.string(),
});

export type NewSecondFactor = z.infer<typeof newSecondFactorSchema>;

/** A secret for a second factor, of no effect until a code of it has confirmed it. Asked again, it is another. */
export const beginSecondFactor = defineOperation({
  service: 'users',
  name: 'begin-second-factor',
  request: beginSecondFactorBodySchema.extend({ callerId: idSchema }),
  response: newSecondFactorSchema,
  effect: 'write',
  errors: ['user_not_found', 'wrong_password', 'second_factor_on', 'overloaded'],
});
