import { type ConversationRef, NatterError } from '@natter/contracts';
import type { ConversationOverview } from '../domain/conversation-overview.ts';
import type { Projections } from '../domain/projections.ts';
import type { UserDirectory } from '../domain/user-directory.ts';
import { resolveConversation } from './resolve-conversation.ts';

/**
 * The conversation that the caller means, if they may know of it. A direct one that nobody has written in is there
 * for whoever could begin it: without messages and without an entry in any log.
 *
 * @throws {NatterError} `user_not_found`, `conversation_not_found`.
 */
export async function findVisibleConversation(
  { projections, directory }: { projections: Projections; directory: UserDirectory },
  callerId: string,
  ref: ConversationRef,
): Promise<ConversationOverview> {
  const { id, founders } = await resolveConversation(directory, callerId, ref);
  const overview = await projections.findOverview(id, callerId);
  if (overview !== undefined) return overview;
  if (founders === undefined) throw new NatterError('conversation_not_found');
  return notBegun(id, founders);
}

function notBegun(id: string, founders: readonly string[]): ConversationOverview {
  const never = new Date(0);
  return {
    id,
    kind: 'direct',
    title: null,
    firstMembers: founders.map((member, index) => ({ id: member, role: 'member', joined: index + 1 })),
    memberCount: founders.length,
    rev: 0,
    seq: 0,
    lastMessageId: null,
    active: never,
    updated: never,
  };
}
