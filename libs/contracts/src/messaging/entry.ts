import { z } from 'zod';
import { idSchema, timeSchema } from '../ids.ts';
import { roleSchema } from './roles.ts';

const seq = z.int().positive();

/** What an entry of each type says of what happened. After a deletion the texts of that message are `""`. */
const happenings = {
  'conversation.created': z.object({
    kind: z.enum(['direct', 'group']),
    title: z.string().nullable(),
    members: z.array(z.object({ id: idSchema, role: roleSchema })),
  }),
  'conversation.renamed': z.object({ title: z.string() }),
  'member.added': z.object({ userId: idSchema, role: roleSchema }),
  'member.removed': z.object({ userId: idSchema }),
  'member.role_changed': z.object({ userId: idSchema, role: roleSchema }),
  'message.sent': z.object({
    messageId: idSchema,
    content: z.string(),
    replyTo: seq.nullable(),
    mentions: z.array(idSchema),
  }),
  'message.edited': z.object({ seq, content: z.string(), mentions: z.array(idSchema) }),
  'message.deleted': z.object({ seq }),
  'reaction.added': z.object({ seq, emoji: z.string() }),
  'reaction.removed': z.object({ seq, emoji: z.string() }),
};

type Happenings = typeof happenings;

const head = {
  conversationId: idSchema,
  /** The entry's place in the conversation's log: 1, 2, 3, … without a hole. */
  rev: z.int().positive(),
  /** The number of messages up to and including this entry; a `message.sent`'s own number. */
  seq: z.int().nonnegative(),
  actorId: idSchema,
  at: timeSchema,
};

/** Lines of a log, one schema for each type, each with `extra` fields beside its own. */
function linesWith<Extra extends z.ZodRawShape>(extra: Extra) {
  const line = <T extends keyof Happenings>(type: T) =>
    z.object({ ...head, ...extra, type: z.literal(type), data: happenings[type] });
  return z.discriminatedUnion('type', [
    line('conversation.created'),
    line('conversation.renamed'),
    line('member.added'),
    line('member.removed'),
    line('member.role_changed'),
    line('message.sent'),
    line('message.edited'),
    line('message.deleted'),
    line('reaction.added'),
    line('reaction.removed'),
  ]);
}

/** An entry as services tell it one another: users by id only. */
export const recordedEntrySchema = linesWith({});

/** An entry as clients see it. `(conversationId, rev)` identifies it. */
export const entrySchema = linesWith({ actor: z.string() });

export type Entry = z.infer<typeof entrySchema>;
