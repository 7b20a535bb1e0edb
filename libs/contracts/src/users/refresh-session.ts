import { z } from 'zod';
import { defineOperation } from '../operation.ts';
import { sessionGrantSchema } from './dto.ts';

/** What can't be a refresh token is a wrong one, not an invalid request: this bounds only what is carried. */
export const refreshSessionBodySchema = z.strictObject({ refreshToken: z.string().max(1_024) });

/** New tokens for a session. For some seconds a token that was used gets the same successor, so a repeat does no harm. */
export const refreshSession = defineOperation({
  service: 'users',
  name: 'refresh-session',
  request: refreshSessionBodySchema,
  response: sessionGrantSchema,
  effect: 'write',
  repeatable: () => true,
  errors: ['invalid_token'],
});
