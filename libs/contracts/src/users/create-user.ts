import { z } from 'zod';
import { defineOperation } from '../operation.ts';
import { displayNameSchema, newPasswordSchema } from '../text.ts';
import { newUsernameSchema } from '../username.ts';
import { userSchema } from './dto.ts';

export const createUserBodySchema = z.strictObject({
  username: newUsernameSchema,
  password: newPasswordSchema,
  /** Defaults to the username. */
  displayName: displayNameSchema.optional(),
  /** Wanted where the registration policy is `invite`, else not looked at. One that can't be any is just not good. */
  invite: z.string().max(128).optional(),
});

/** An account for whoever may register; `registration_closed` where that is nobody, or nobody without a good invite. */
export const createUser = defineOperation({
  service: 'users',
  name: 'create-user',
  request: createUserBodySchema,
  response: userSchema,
  effect: 'write',
  errors: ['username_taken', 'registration_closed', 'overloaded'],
});
