import { z } from 'zod';
import { defineOperation } from '../operation.ts';
import { usernameSchema } from '../username.ts';

/** Opens an account that was disabled. Of one that is open nothing changes. */
export const enableUser = defineOperation({
  service: 'users',
  name: 'enable-user',
  request: z.strictObject({ username: usernameSchema }),
  response: z.object({}),
  effect: 'write',
  callers: ['operator'],
  repeatable: () => true,
  errors: ['user_not_found'],
});
