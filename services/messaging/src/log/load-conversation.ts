import { type Conversation, evolve } from '../domain/conversation.ts';
import type { ConversationLog } from '../domain/conversation-log.ts';
import type { Entry } from '../domain/entry.ts';
import type { Projections } from '../domain/projections.ts';

const readAtOnce = 500;

export interface CaughtUp {
  conversation: Conversation | undefined;
  /** Those of the wanted entries that were come across, by id. */
  found: ReadonlyMap<string, Entry>;
}

/**
 * Reads the log forward from a known state to its head: never a sort over the log, whatever its length, and never
 * all of it in memory.
 */
export async function catchUp(
  log: ConversationLog,
  conversationId: string,
  known: Conversation | undefined,
  wantedIds: ReadonlySet<string> = new Set(),
): Promise<CaughtUp> {
  let conversation = known;
  const found = new Map<string, Entry>();
  for (;;) {
    const entries = await log.readAfter(conversationId, conversation?.rev ?? 0, readAtOnce);
    for (const entry of entries) {
      conversation = evolve(conversation, entry);
      if (wantedIds.has(entry.id)) found.set(entry.id, entry);
    }
    if (entries.length < readAtOnce) return { conversation, found };
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
