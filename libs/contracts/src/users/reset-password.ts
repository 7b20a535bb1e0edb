import { z } from 'zod';
import { defineOperation } from '../operation.ts';
import { newPasswordSchema } from '../text.ts';
import { usernameSchema } from '../username.ts';

export const resetPasswordBodySchema = z.strictObject({
  username: usernameSchema,
  password: newPasswordSchema,
});

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
