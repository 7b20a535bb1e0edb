import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { usernameSchema } from '../username.ts';
import { userProfileSchema } from './user-changed.ts';

/** For the projections of other services that are behind: those of the asked for who exist, in any order. */
export const getProfiles = defineOperation({
  service: 'users',
  name: 'get-profiles',
  callers: ['messaging', 'operator'],
  request: z.union([
    z.strictObject({ ids: z.array(idSchema).min(1).max(1_000) }),
    z.strictObject({ usernames: z.array(usernameSchema).min(1).max(1_000) }),
  ]),
  response: z.object({ profiles: z.array(userProfileSchema) }),
});
