import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { credentialsSchema } from './check-credentials.ts';

export const deleteUserBodySchema = credentialsSchema.pick({ password: true });

/** Deletes an account for ever. Its id stays, its username is never given again. Done already, it changes nothing. */
export const deleteUser = defineOperation({
  service: 'users',
  name: 'delete-user',
  request: deleteUserBodySchema.extend({ id: idSchema }),
  response: z.object({}),
  effect: 'write',
  repeatable: () => true,
  errors: ['user_not_found', 'wrong_password', 'overloaded'],
});
