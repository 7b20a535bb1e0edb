import { z } from 'zod';
import { defineOperation } from '../operation.ts';
import { usernameSchema } from '../username.ts';

/** Closes an account until it is enabled, and ends its sessions. Done already, its sessions are ended again. */
export const disableUser = defineOperation({
  service: 'users',
  name: 'disable-user',
  request: z.strictObject({ username: usernameSchema }),
  response: z.object({}),
  effect: 'write',
  callers: ['operator'],
  repeatable: () => true,
  errors: ['user_not_found'],
});
