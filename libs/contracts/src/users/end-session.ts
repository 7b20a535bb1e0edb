import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';

/** Ends one of the caller's own sessions. Done already, it changes nothing. */
export const endSession = defineOperation({
  service: 'users',
  name: 'end-session',
  request: z.strictObject({ callerId: idSchema, id: idSchema }),
  response: z.object({}),
  effect: 'write',
  repeatable: () => true,
  errors: ['session_not_found'],
});
