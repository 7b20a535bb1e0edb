import { z } from 'zod';
import { defineOperation } from '../operation.ts';
import { displayNameSchema, passwordSchema } from '../text.ts';
import { newUsernameSchema } from '../username.ts';
import { userSchema } from './dto.ts';

export const createUserBodySchema = z.strictObject({
  username: newUsernameSchema,
  password: passwordSchema,
  /** Defaults to the username. */
  displayName: displayNameSchema.optional(),
});

export const createUser = defineOperation({
  service: 'users',
  name: 'create-user',
  request: createUserBodySchema,
  response: userSchema,
  effect: 'write',
  callers: ['gateway', 'operator'],
  errors: ['username_taken', 'registration_closed', 'overloaded'],
});
