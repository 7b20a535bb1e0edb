import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { usernameSchema } from '../username.ts';
import { userSchema } from './dto.ts';

export const getUser = defineOperation({
  service: 'users',
  name: 'get-user',
  request: z.union([z.strictObject({ id: idSchema }), z.strictObject({ username: usernameSchema })]),
  response: userSchema,
  errors: ['user_not_found'],
});
