import { NatterError } from '@natter/contracts';
import { findMember } from './conversation.ts';
import type { EntryDraft } from './entry.ts';
import { checkOwnerRemains } from './owners.ts';
import { groupParticipant } from './rights.ts';
import type { State } from './state.ts';

export interface RemoveMember {
  id: string;
  actorId: string;
  userId: string;
}

/** Everybody may leave; owners remove anyone, admins plain members. Whoever is not there needs no removing. */
export function decideRemoveMember(state: State, { id, actorId, userId }: RemoveMember): EntryDraft[] {
  const { conversation, actor } = groupParticipant(state, actorId);
  if (userId !== actorId && actor.role === 'member') throw new NatterError('forbidden');
  const member = findMember(conversation, userId);
  if (member === undefined) return [];
  if (userId !== actorId && actor.role === 'admin' && member.role !== 'member')
    throw new NatterError('forbidden');
  if (member.role === 'owner') checkOwnerRemains(conversation, userId);
  return [{ id, type: 'member.removed', data: { userId } }];
}
