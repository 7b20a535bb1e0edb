import { z } from 'zod';
import { defineOperation } from '../operation.ts';
import { passwordSchema } from '../text.ts';
import { usernameSchema } from '../username.ts';

export const resetPasswordBodySchema = z.strictObject({ username: usernameSchema, password: passwordSchema });

/** Gives an account another password without knowing the present one, and ends all its sessions. */
export const resetPassword = defineOperation({
  service: 'users',
  name: 'reset-password',
  request: resetPasswordBodySchema,
  response: z.object({}),
  effect: 'write',
  callers: ['operator'],
  repeatable: () => true,
  errors: ['user_not_found', 'overloaded'],
});
