import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { definePush } from '../push.ts';

/** What a user's password was may open nothing any more: it is another one, or the account is closed. */
export const credentialsChanged = definePush({
  service: 'users',
  noun: 'credentials',
  verb: 'changed',
  schema: z.object({ userId: idSchema }),
  listeners: ['gateway'],
});
