import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { definePush } from '../push.ts';

/** Of whom it is, in which conversation. */
const whose = { conversationId: idSchema, userId: idSchema, username: z.string() };

/** How far a member has read. */
export const receiptSchema = z.object({ ...whose, readSeq: z.int().nonnegative() });

export type Receipt = z.infer<typeof receiptSchema>;

/** A member is writing something. */
export const typingSchema = z.object({
  ...whose,
  /** Seconds after which it is over, if neither a message of theirs nor the next of these came before. */
  expiresIn: z.int().positive(),
});

export type Typing = z.infer<typeof typingSchema>;

/** What a member does that no log keeps; the address is the conversation's id. */
export const activityPushed = definePush({
  service: 'messaging',
  noun: 'activity',
  verb: 'pushed',
  addressed: true,
  schema: z.object({
    activity: z.discriminatedUnion('type', [
      z.object({ type: z.literal('receipt'), data: receiptSchema }),
      z.object({ type: z.literal('typing'), data: typingSchema }),
    ]),
    /** The conversation's rev when it was judged: who its members are has to be known up to there. */
    rev: z.int().positive(),
    /** For whom of the conversation's members it is: all of them, all but its own, or its own alone. */
    audience: z.enum(['everyone', 'others', 'self']),
    /** Members whom a block, on either side, keeps apart from its own. */
    hiddenFrom: z.array(idSchema),
  }),
  listeners: ['gateway'],
});
