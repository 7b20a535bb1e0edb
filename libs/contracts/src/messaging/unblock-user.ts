import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { usernameSchema } from '../username.ts';

/** Takes a block back; where there is none nothing changes. */
export const unblockUser = defineOperation({
  service: 'messaging',
  name: 'unblock-user',
  request: z.strictObject({ callerId: idSchema, username: usernameSchema }),
  response: z.object({}),
  effect: 'write',
  repeatable: () => true,
  errors: ['user_not_found'],
});
