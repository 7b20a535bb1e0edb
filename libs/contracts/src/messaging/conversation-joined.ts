import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { definePush } from '../push.ts';

/** How many groups users are in for this. */
const groups = 64;

/** Users are in a conversation since the entry at `rev`; the address is the group that all of them are in. */
export const conversationJoined = definePush({
  service: 'messaging',
  noun: 'conversation',
  verb: 'joined',
  addressed: true,
  schema: z.object({
    conversationId: idSchema,
    rev: z.int().positive(),
    userIds: z.array(idSchema).min(1),
  }),
  listeners: ['gateway'],
});

/**
 * The group in which a user is told what conversations they come to be in. An address for each user would have a gateway
 * hold a subscription for each, and messaging push once for each member; this is rare, and hearing of others is cheap.
 */
export function joiningGroupOf(userId: string): string {
  // The last digits of an id are random.
  return String(Number.parseInt(userId.slice(-2), 16) % groups);
}
