import { NatterError } from '@natter/contracts';
import type { Conversation, Member } from './conversation.ts';

const besides = ({ members }: Conversation, userId: string): Member[] =>
  members.filter(({ id }) => id !== userId);

const isOwner = ({ role }: Member): boolean => role === 'owner';

/** @throws {NatterError} `last_owner` when the owner may not become less. */
export function checkOtherOwner(conversation: Conversation, ownerId: string): void {
  if (!besides(conversation, ownerId).some(isOwner)) throw new NatterError('last_owner');
}

/** @throws {NatterError} `last_owner` when the owner may not go: there are others, and none of them is one. */
export function checkOwnerRemains(conversation: Conversation, ownerId: string): void {
  if (besides(conversation, ownerId).length > 0) checkOtherOwner(conversation, ownerId);
}

/** Who becomes owner when the only one is gone: the longest-serving admin, else member. */
export function heirOf(conversation: Conversation, ownerId: string): Member | undefined {
  const others = besides(conversation, ownerId);
  if (others.some(isOwner)) return undefined;
  return others.find(({ role }) => role === 'admin') ?? others[0];
}
