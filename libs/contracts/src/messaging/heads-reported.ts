import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { definePush } from '../push.ts';

const headSchema = z.object({ conversationId: idSchema, rev: z.int().positive() });

/**
 * How far conversations go that one process has pushed entries of since it last said so. It says so every few seconds,
 * also where there are none: whoever misses a push learns of it, and whoever misses one of these learns that, too.
 */
export const headsReported = definePush({
  service: 'messaging',
  noun: 'heads',
  verb: 'reported',
  schema: z.object({
    /** Whose report it is. */
    processId: idSchema,
    /** 1, 2, 3, … of that process. */
    number: z.int().positive(),
    heads: z.array(headSchema),
    /** Who is in a conversation since its entry at `rev`. */
    joined: z.array(headSchema.extend({ userId: idSchema })),
    /** Whether there are none after it: the process stops. */
    last: z.boolean(),
  }),
  listeners: ['gateway'],
});
