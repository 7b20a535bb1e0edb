import { findMember } from './conversation.ts';
import type { EntryDraft } from './entry.ts';
import { heirOf } from './owners.ts';
import type { State } from './state.ts';

export interface RemoveDeletedUser {
  id: string;
  /** Of the entry that names an heir, where one is needed. */
  successionId: string;
  userId: string;
}

/** Takes somebody whose account is deleted out of a group, and sees to it that the others keep an owner. */
export function decideRemoveDeletedUser(
  { conversation }: State,
  { id, successionId, userId }: RemoveDeletedUser,
): EntryDraft[] {
  if (conversation?.kind !== 'group') return [];
  const member = findMember(conversation, userId);
  if (member === undefined) return [];
  const heir = member.role === 'owner' ? heirOf(conversation, userId) : undefined;
  const removal = { id, type: 'member.removed' as const, data: { userId } };
  if (heir === undefined) return [removal];
  const succession = { userId: heir.id, role: 'owner' as const };
  return [{ id: successionId, type: 'member.role_changed', data: succession }, removal];
}
