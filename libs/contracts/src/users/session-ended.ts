import { z } from 'zod';
import { idSchema, timeSchema } from '../ids.ts';
import { definePush } from '../push.ts';

/** A session whose access tokens are good no more. */
export const endedSessionSchema = z.object({
  id: idSchema,
  /** None of its access tokens would have been good for longer by itself. */
  accessUntil: timeSchema,
});

export type EndedSession = z.infer<typeof endedSessionSchema>;

/** Sessions of one user have ended, for whatever reason. */
export const sessionEnded = definePush({
  service: 'users',
  noun: 'session',
  verb: 'ended',
  schema: z.object({ userId: idSchema, sessions: z.array(endedSessionSchema) }),
  listeners: ['gateway'],
});
