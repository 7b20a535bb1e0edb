import { z } from 'zod';
import { defineEvent } from '../event.ts';
import { idSchema, timeSchema } from '../ids.ts';

const roleSchema = z.enum(['owner', 'admin', 'member']);

const head = {
  conversationId: idSchema,
  rev: z.int().positive(),
  /** The number of messages up to and including this entry. */
  seq: z.int().nonnegative(),
  actorId: idSchema,
  at: timeSchema,
};

const entrySchema = z.discriminatedUnion('type', [
  z.object({
    ...head,
    type: z.literal('conversation.created'),
    data: z.object({
      kind: z.enum(['direct', 'group']),
      title: z.string().nullable(),
      members: z.array(z.object({ id: idSchema, role: roleSchema })),
    }),
  }),
  z.object({
    ...head,
    type: z.literal('message.sent'),
    data: z.object({
      messageId: idSchema,
      content: z.string(),
      replyTo: z.int().positive().nullable(),
      mentions: z.array(idSchema),
    }),
  }),
]);

/** An entry of a conversation's log. `(conversationId, rev)` identifies it; delivery is at least once. */
export const entryAppended = defineEvent({
  service: 'messaging',
  noun: 'entry',
  verb: 'appended',
  schema: entrySchema,
});
