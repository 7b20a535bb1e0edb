import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { usernameSchema } from '../username.ts';
import { deletedUserSchema, userSchema } from './dto.ts';

/** One user. A deleted one is found by id only. */
export const getUser = defineOperation({
  service: 'users',
  name: 'get-user',
  request: z.union([z.strictObject({ id: idSchema }), z.strictObject({ username: usernameSchema })]),
  response: z.union([userSchema, deletedUserSchema]),
  errors: ['user_not_found'],
});
