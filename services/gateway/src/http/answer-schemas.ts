import {
  changedConversationSchema,
  conversationSchema,
  conversationWithMessagesSchema,
  leftConversationSchema,
  memberSchema,
  messageSchema,
  sessionSchema,
  snapshotConversationSchema,
  userSchema,
} from '@natter/contracts';
import { z } from 'zod';

// The same, said so that the document gets it right: of `nullable` around a named schema the library makes an `allOf`
// that null does not fit.
const lastMessage = z.union([messageSchema, z.null()]);

export const conversationAnswerSchema = conversationSchema.extend({ lastMessage });

export const conversationWithMessagesAnswerSchema = conversationWithMessagesSchema.extend({ lastMessage });

/** Of lists that page by cursor. */
export const listPageSchema = z.object({
  next: z
    .string()
    .nullable()
    .meta({ description: 'The `cursor` of the next page; null where there is none' }),
  limit: z.int(),
});

const listOf = <S extends z.ZodType>(schema: S) => z.object({ data: z.array(schema), page: listPageSchema });

export const userListSchema = listOf(userSchema);

export const sessionListSchema = listOf(sessionSchema);

export const memberListSchema = listOf(memberSchema);

export const conversationListSchema = listOf(conversationAnswerSchema);

export const foundMessagesSchema = z.object({
  data: z.array(messageSchema),
  page: listPageSchema.extend({
    behind: z.int().nonnegative().meta({ description: 'How many entries are not searched yet' }),
  }),
});

export const changedConversationAnswerSchema = changedConversationSchema.extend({
  conversation: conversationAnswerSchema,
});

export const snapshotConversationAnswerSchema = snapshotConversationSchema.extend({
  conversation: conversationAnswerSchema,
});

export const syncPageSchema = z.object({
  cursor: z.string().meta({ description: 'Where this page ends' }),
  conversations: z.array(
    z.union([changedConversationAnswerSchema, leftConversationSchema, snapshotConversationAnswerSchema]),
  ),
  hasMore: z.boolean().meta({ description: 'Whether there is more after `cursor` now' }),
});
