import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { displayNameSchema } from '../text.ts';
import { ownUserSchema, receiptsSchema } from './dto.ts';

const changes = z.strictObject({
  displayName: displayNameSchema.optional(),
  receipts: receiptsSchema.optional(),
});

export const updateUserBodySchema = changes
  .refine((body) => Object.keys(body).length > 0, 'Must change something')
  .meta({ minProperties: 1 });

/** Changes what a user says of themself; done again it changes nothing. */
export const updateUser = defineOperation({
  service: 'users',
  name: 'update-user',
  request: changes.extend({ id: idSchema }),
  response: ownUserSchema,
  effect: 'write',
  repeatable: () => true,
  errors: ['user_not_found'],
});
