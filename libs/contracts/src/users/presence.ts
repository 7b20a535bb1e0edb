import { z } from 'zod';
import { defineBucket } from '../bucket.ts';
import { idSchema, timeSchema } from '../ids.ts';

/** What a user who is there may say: that they look, or that they don't just now. */
export const presentStatusSchema = z.enum(['online', 'away']);

export type PresentStatus = z.infer<typeof presentStatusSchema>;

export const presenceSchema = z.object({
  userId: idSchema,
  username: z.string(),
  status: z.enum(['online', 'away', 'offline']),
  /** When somebody who is offline was there last; null where that is not known, and while they are there. */
  lastSeen: timeSchema.nullable(),
});

/** Whether somebody is there, as those see it who share a conversation with them. */
export type Presence = z.infer<typeof presenceSchema>;

export const presenceBodySchema = z.strictObject({ status: presentStatusSchema });

/**
 * That a client is connected, by `<user id>_<connection id>`: said again and again while it is, so that it is over by
 * itself soon after the gateway that says it is no more.
 */
export const connections = defineBucket({
  bucket: 'connections',
  keeper: 'users',
  usedBy: ['gateway'],
  watched: true,
  value: z.strictObject({
    username: z.string(),
    /** Absent where the credentials are a password. */
    sessionId: idSchema.optional(),
    status: presentStatusSchema,
    /** How often the status was changed: of two words about a connection the one with more changes is the later. */
    changes: z.int().nonnegative(),
  }),
  keepMs: 30_000,
  keepMost: 1_000_000,
});

/** When users who are there no more were there last, by their ids. */
export const lastSeen = defineBucket({
  bucket: 'last-seen',
  keeper: 'users',
  usedBy: ['gateway'],
  value: z.strictObject({ at: timeSchema }),
  keepMs: 365 * 24 * 60 * 60 * 1_000,
  keepMost: 1_000_000,
});
