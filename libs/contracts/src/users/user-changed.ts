import { z } from 'zod';
import { defineEvent } from '../event.ts';
import { receiptsSchema, userSchema } from './dto.ts';

/** All that other services know of a user: an event never needs the one before it. */
export const userProfileSchema = userSchema.extend({
  deleted: z.boolean(),
  /** For services only. What was published before there was a choice says nothing of it. */
  receipts: receiptsSchema.default('shared'),
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
