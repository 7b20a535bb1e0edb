import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { usernameSchema } from '../username.ts';
import { deletedUserSchema, ownUserSchema, userSchema } from './dto.ts';

/** Who asks. Without it, only those are found whom the directory policy hides from nobody. */
const callerId = idSchema.optional();

/** One user; with what only they may know where they ask themselves. A deleted one is found by id only. */
export const getUser = defineOperation({
  service: 'users',
  name: 'get-user',
  request: z.union([
    z.strictObject({ callerId, id: idSchema }),
    z.strictObject({ callerId, username: usernameSchema }),
  ]),
  response: z.union([ownUserSchema, userSchema, deletedUserSchema]),
  errors: ['user_not_found'],
});
