import { z } from 'zod';
import { defineOperation } from '../operation.ts';
import { usernameSchema } from '../username.ts';

/** Takes the second factor off an account whose owner has lost it, and ends all its sessions. Of one that has none nothing changes. */
export const resetSecondFactor = defineOperation({
  service: 'users',
  name: 'reset-second-factor',
  request: z.strictObject({ username: usernameSchema }),
  response: z.object({}),
  effect: 'write',
  callers: ['operator'],
  repeatable: () => true,
  errors: ['user_not_found'],
});
