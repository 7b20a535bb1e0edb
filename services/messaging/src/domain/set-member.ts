import { NatterError } from '@natter/contracts';
import { findMember, type Member } from './conversation.ts';
import type { EntryDraft, Role } from './entry.ts';
import { checkRoom } from './group-size.ts';
import { checkOtherOwner } from './owners.ts';
import { manager, type Participant } from './rights.ts';
import type { State } from './state.ts';

export interface SetMember {
  id: string;
  actorId: string;
  userId: string;
  role?: Role | undefined;
  /** Whether the user keeps the actor off. */
  refused: boolean;
  maxMembers: number;
}

/** Adds somebody, or gives a member another role, which owners alone do. */
export function decideSetMember(state: State, command: SetMember): EntryDraft[] {
  const participant = manager(state, command.actorId);
  const member = findMember(participant.conversation, command.userId);
  return member === undefined ? add(participant, command) : change(participant, member, command);
}

function add({ conversation, actor }: Participant, command: SetMember): EntryDraft[] {
  const { id, userId, role = 'member', refused, maxMembers } = command;
  if (role !== 'member' && actor.role !== 'owner') throw new NatterError('forbidden');
  if (refused) throw new NatterError('forbidden');
  checkRoom(conversation.members.length + 1, maxMembers, '');
  return [{ id, type: 'member.added', data: { userId, role } }];
}

function change({ conversation, actor }: Participant, member: Member, command: SetMember): EntryDraft[] {
  const { id, userId, role = member.role } = command;
  if (role === member.role) return [];
  if (actor.role !== 'owner') throw new NatterError('forbidden');
  if (member.role === 'owner') checkOtherOwner(conversation, userId);
  return [{ id, type: 'member.role_changed', data: { userId, role } }];
}
