import { z } from 'zod';
import { defineEvent } from '../event.ts';
import { userSchema } from './dto.ts';

/** The whole public profile: an event never needs the one before it. */
export const userProfileSchema = userSchema.extend({
  deleted: z.boolean(),
  /** Grows by one with each change of the profile; the higher version wins, whenever it arrives. */
  version: z.int().positive(),
});

export type UserProfile = z.infer<typeof userProfileSchema>;

export const userChanged = defineEvent({
  service: 'users',
  noun: 'user',
  verb: 'changed',
  schema: userProfileSchema,
});
