import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { usernameSchema } from '../username.ts';

/** How a caller names a conversation: by its id, or by the username of whom it is with. */
export const conversationRefSchema = z.union([
  z.strictObject({ id: idSchema }),
  z.strictObject({ with: usernameSchema }),
]);

export type ConversationRef = z.infer<typeof conversationRefSchema>;
