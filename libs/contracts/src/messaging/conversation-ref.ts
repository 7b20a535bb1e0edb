import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { usernameSchema } from '../username.ts';

/** How a caller names a conversation: by its id, or by the username of whom it is with. */
export const conversationRefSchema = z.union([
  z.strictObject({ id: idSchema }),
  z.strictObject({ with: usernameSchema }),
]);

export type ConversationRef = z.infer<typeof conversationRefSchema>;

/**
 * What all writes to one conversation have in common, as far as the request tells: the process that made the latest entry
 * knows where the log ends, any other has to find out first. The two of a direct conversation name it by each other, and
 * meet where both of them are known.
 */
export function conversationAffinity(request: {
  conversation: ConversationRef;
  callerUsername?: string;
}): string | undefined {
  const { conversation, callerUsername } = request;
  if ('id' in conversation) return conversation.id;
  if (callerUsername === undefined) return undefined;
  const other = conversation.with;
  return callerUsername < other ? `${callerUsername} ${other}` : `${other} ${callerUsername}`;
}
