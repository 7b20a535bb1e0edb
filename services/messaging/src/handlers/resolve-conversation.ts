import type { ConversationRef } from '@natter/contracts';
import { directConversation } from '../domain/direct-conversation.ts';
import type { UserDirectory } from '../domain/user-directory.ts';

export interface ResolvedConversation {
  id: string;
  /** Those who would be its members if it were not there yet; only a direct conversation can be begun so. */
  founders?: readonly string[];
}

/** Which conversation the caller means. @throws {NatterError} `user_not_found`. */
export async function resolveConversation(
  directory: UserDirectory,
  callerId: string,
  ref: ConversationRef,
): Promise<ResolvedConversation> {
  if ('id' in ref) return { id: ref.id };
  const { id, memberIds } = directConversation(callerId, await directory.idOf(callerId, ref.with));
  return { id, founders: memberIds };
}
