import type { ConversationLog } from '../domain/conversation-log.ts';
import { evolveMessage, type Message } from '../domain/message.ts';
import type { Projections } from '../domain/projections.ts';

/** The message as the log has it now, from its projection and the changes beyond. */
export async function loadMessage(
  log: ConversationLog,
  projections: Projections,
  conversationId: string,
  seq: number,
): Promise<Message | undefined> {
  const known = await projections.findMessage(conversationId, seq);
  if (known === undefined) return undefined;
  const changes = await log.readChanges(conversationId, seq, known.rev);
  return changes.reduce<Message>(evolveMessage, known);
}
