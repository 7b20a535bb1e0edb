import { z } from 'zod';
import { defineOperation } from '../operation.ts';
import { signingKeySchema } from './dto.ts';

/** The public keys that verify access tokens, the one that signs now first. */
export const listSigningKeys = defineOperation({
  service: 'users',
  name: 'list-signing-keys',
  request: z.strictObject({}),
  response: z.object({ keys: z.array(signingKeySchema).min(1) }),
});
