import { z } from 'zod';
import { idSchema, timeSchema } from '../ids.ts';

/** How many there may be at once: each is looked at with every entry. */
export const maxWebhooks = 100;

/** A webhook as the operator sees it, and how its deliveries go. */
export const webhookSchema = z.object({
  id: idSchema,
  url: z.string(),
  /** The conversation whose entries it gets; null for all. */
  conversationId: idSchema.nullable(),
  created: timeSchema,
  /** In how many conversations something waits to be delivered. */
  waiting: z.int().nonnegative(),
  /** In how many of these the last delivery failed. */
  failing: z.int().nonnegative(),
  /** For how long the one has failed that has failed the longest. */
  failingSince: timeSchema.nullable(),
  /** Why that one failed last: `answered 503`. */
  lastFailure: z.string().nullable(),
  /** Entries that were given up. */
  deadLetters: z.int().nonnegative(),
});

export type Webhook = z.infer<typeof webhookSchema>;
