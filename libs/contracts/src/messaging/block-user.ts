import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { usernameSchema } from '../username.ts';

/** From now on neither writes to the other directly, and the other can't put the caller into a group. */
export const blockUser = defineOperation({
  service: 'messaging',
  name: 'block-user',
  request: z.strictObject({ callerId: idSchema, username: usernameSchema }),
  response: z.object({}),
  effect: 'write',
  repeatable: () => true,
  errors: ['user_not_found', 'validation_failed'],
});
