import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { newPasswordSchema } from '../text.ts';
import { credentialsSchema } from './check-credentials.ts';

export const changePasswordBodySchema = z.strictObject({
  /** One that could never be right is wrong, not invalid. */
  currentPassword: credentialsSchema.shape.password,
  newPassword: newPasswordSchema,
});

/** Ends every session but the one that asks. */
export const changePassword = defineOperation({
  service: 'users',
  name: 'change-password',
  request: changePasswordBodySchema.extend({
    callerId: idSchema,
    /** The session that asks, if one does. */
    currentId: idSchema.optional(),
  }),
  response: z.object({}),
  effect: 'write',
  errors: ['user_not_found', 'wrong_password', 'overloaded'],
});
