import type { ConversationRef } from '@natter/contracts';
import type { Conversation } from '../domain/conversation.ts';
import type { Projections } from '../domain/projections.ts';
import type { UserDirectory } from '../domain/user-directory.ts';
import { visibleTo } from '../domain/visible-to.ts';
import { resolveConversation } from './resolve-conversation.ts';

/**
 * The conversation that the caller means, if they may know of it. A direct one that nobody has written in is there
 * for whoever could begin it: `conversation` without messages and without an entry in any log.
 *
 * @throws {NatterError} `user_not_found`, `conversation_not_found`.
 */
export async function findVisibleConversation(
  { projections, directory }: { projections: Projections; directory: UserDirectory },
  callerId: string,
  ref: ConversationRef,
): Promise<Conversation> {
  const { id, founders } = await resolveConversation(directory, callerId, ref);
  const conversation = await projections.findConversation(id);
  if (conversation !== undefined || founders === undefined) return visibleTo(conversation, callerId);
  const members = founders.map((member) => ({ id: member, role: 'member' as const }));
  return { id, kind: 'direct', title: null, members, rev: 0, seq: 0, updated: new Date(0) };
}
