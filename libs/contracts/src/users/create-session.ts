import { defineOperation } from '../operation.ts';
import { displayNameSchema } from '../text.ts';
import { credentialsSchema } from './check-credentials.ts';
import { sessionGrantSchema } from './dto.ts';

export const createSessionBodySchema = credentialsSchema.extend({
  /** What the user calls the device, for the list of sessions. */
  device: displayNameSchema.optional(),
});

export const createSession = defineOperation({
  service: 'users',
  name: 'create-session',
  request: createSessionBodySchema,
  response: sessionGrantSchema,
  effect: 'write',
  errors: ['invalid_credentials', 'overloaded'],
});
