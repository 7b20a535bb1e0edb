import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { displayNameSchema } from '../text.ts';
import { userSchema } from './dto.ts';

export const updateUserBodySchema = z.strictObject({ displayName: displayNameSchema });

/** Changes what others see of a user; done again it changes nothing. */
export const updateUser = defineOperation({
  service: 'users',
  name: 'update-user',
  request: updateUserBodySchema.extend({ id: idSchema }),
  response: userSchema,
  effect: 'write',
  repeatable: () => true,
  errors: ['user_not_found'],
});
