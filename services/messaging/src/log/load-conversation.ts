import { type Conversation, evolve } from '../domain/conversation.ts';
import type { ConversationLog } from '../domain/conversation-log.ts';
import type { Entry } from '../domain/entry.ts';
import type { Projections } from '../domain/projections.ts';

const readAtOnce = 500;

export interface CaughtUp {
  conversation: Conversation | undefined;
  /** What was read to get there. */
  entries: Entry[];
}

/** Reads the log forward from a known state to its head: never a sort over the log, whatever its length. */
export async function catchUp(
  log: ConversationLog,
  conversationId: string,
  known: Conversation | undefined,
): Promise<CaughtUp> {
  let conversation = known;
  const entries: Entry[] = [];
  for (;;) {
    const next = await log.readAfter(conversationId, conversation?.rev ?? 0, readAtOnce);
    for (const entry of next) conversation = evolve(conversation, entry);
    entries.push(...next);
    if (next.length < readAtOnce) return { conversation, entries };
  }
}

/** The conversation at its head, from its projection (a head start) and what the log has beyond. */
export async function loadConversation(
  log: ConversationLog,
  projections: Projections,
  conversationId: string,
): Promise<Conversation | undefined> {
  const known = await projections.findConversation(conversationId);
  const { conversation } = await catchUp(log, conversationId, known);
  return conversation;
}
