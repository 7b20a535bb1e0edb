import { z } from 'zod';
import { clientMessageIdSchema, idSchema, timeSchema } from '../ids.ts';
import { roleSchema } from './roles.ts';

const count = z.int().nonnegative();

/** Of the logs: revs and seqs that came with another one may name other things now. */
export const epochSchema = idSchema.meta({
  description:
    'Opaque. While it stays the same, a rev or a seq means what it meant. Another one: the server was put back to an earlier moment, and what a client keeps has to be read anew.',
});

export const messageSchema = z.object({
  id: idSchema,
  conversationId: idSchema,
  /** The message's place among the conversation's messages: 1, 2, 3, … */
  seq: z.int().positive(),
  /** The rev of the latest entry that changed this message. */
  rev: z.int().positive(),
  sender: z.string(),
  senderId: idSchema,
  content: z.string(),
  sent: timeSchema,
  edited: timeSchema.nullable(),
  deleted: timeSchema.nullable(),
  replyTo: z.int().positive().nullable(),
  mentions: z.array(idSchema),
  reactions: z.array(z.object({ emoji: z.string(), count: z.int().positive(), mine: z.boolean() })),
  /** Shown to the sender only; null where the message was sent without one. */
  clientMessageId: clientMessageIdSchema.nullable(),
});

export type Message = z.infer<typeof messageSchema>;

export const messagePageSchema = z.object({
  /** Oldest to newest. */
  data: z.array(messageSchema),
  page: z.object({
    hasBefore: z.boolean(),
    hasAfter: z.boolean(),
    /** The conversation's number of messages when the page was read. */
    seq: count,
    epoch: epochSchema,
    limit: z.int().positive(),
  }),
});

export type MessagePage = z.infer<typeof messagePageSchema>;

export const memberSchema = z.object({
  id: idSchema,
  username: z.string(),
  role: roleSchema,
  readSeq: count.nullable(),
});

export type Member = z.infer<typeof memberSchema>;

export const conversationSchema = z.object({
  /** Null for a direct conversation that has no messages yet. */
  id: idSchema.nullable(),
  kind: z.enum(['direct', 'group']),
  title: z.string().nullable(),
  /** The first of them to join, at most 50. */
  members: z.array(memberSchema),
  memberCount: count,
  seq: count,
  rev: count,
  epoch: epochSchema,
  readSeq: count,
  unread: count,
  lastMessage: messageSchema.nullable(),
  updated: timeSchema.nullable(),
});

export type Conversation = z.infer<typeof conversationSchema>;

export const conversationWithMessagesSchema = conversationSchema.extend({ messages: messagePageSchema });

export type ConversationWithMessages = z.infer<typeof conversationWithMessagesSchema>;
