import { z } from 'zod';
import { idSchema, pageSize } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { conversationSchema, messagePageSchema } from './dto.ts';
import { entrySchema } from './entry.ts';
import { positionSchema } from './position.ts';

const changes = {
  /** By rev, without a hole, the oldest missing first. */
  entries: z.array(entrySchema),
  /** Whether the log has more after these. */
  hasMore: z.boolean(),
};

/** What of a conversation changed for its member since a position. */
export const changedConversationSchema = z.object({ conversation: conversationSchema, ...changes });

/** The same for whoever is a member no more: their last entry is the one that removed them. */
export const leftConversationSchema = z.object({
  conversation: z.object({ id: idSchema, kind: z.enum(['direct', 'group']), left: z.literal(true) }),
  ...changes,
});

/** A conversation in a snapshot, with its newest page of messages. */
export const snapshotConversationSchema = z.object({
  conversation: conversationSchema,
  messages: messagePageSchema,
});

export const syncedConversationSchema = z.union([
  changedConversationSchema,
  leftConversationSchema,
  snapshotConversationSchema,
]);

export type SyncedConversation = z.infer<typeof syncedConversationSchema>;

/**
 * All that changed for the caller since a position, in pages; without one, or with one of another epoch of the logs, a
 * snapshot. Whoever follows `position` while `hasMore` and goes on from the last one later has been given everything.
 */
export const sync = defineOperation({
  service: 'messaging',
  name: 'sync',
  request: z.strictObject({
    callerId: idSchema,
    position: positionSchema.optional(),
    /** Entries, or messages, of one conversation at most. */
    limit: z.int().min(1).max(pageSize.max),
  }),
  response: z.object({
    conversations: z.array(syncedConversationSchema),
    position: positionSchema,
    hasMore: z.boolean(),
  }),
});
