import { defineOperation } from '../operation.ts';
import { createUserBodySchema } from './create-user.ts';
import { userSchema } from './dto.ts';

export const newUserSchema = createUserBodySchema.omit({ invite: true });

/** An account made by the operator, whoever else may make one. */
export const addUser = defineOperation({
  service: 'users',
  name: 'add-user',
  callers: ['operator'],
  request: newUserSchema,
  response: userSchema,
  effect: 'write',
  errors: ['username_taken', 'overloaded'],
});
