import { createHash } from 'node:crypto';
import { NatterError } from '@natter/contracts';
import { derivedId } from './derived-id.ts';
import type { EntryDraft } from './entry.ts';
import { checkRoom } from './group-size.ts';
import type { State } from './state.ts';

export interface CreateConversation {
  /** Of this attempt: the conversation's own may come from a key, and be the same for every repeat. */
  id: string;
  actorId: string;
  title: string;
  /** Beside the actor; undefined when one of the names is nobody's. */
  memberIds: readonly string[] | undefined;
  /** Whether one of them keeps the actor off. */
  refused: boolean;
  maxMembers: number;
}

/** A group's beginning. The actor is its owner. */
export function decideCreateConversation({ conversation }: State, command: CreateConversation): EntryDraft[] {
  const { id, actorId, title, memberIds, refused, maxMembers } = command;
  // Its id came from a key: whoever finds it taken has used that key before, for this or for something else.
  if (conversation !== undefined) throw new NatterError('idempotency_key_reused');
  if (memberIds === undefined) throw new NatterError('user_not_found');
  if (refused) throw new NatterError('forbidden');
  const others = [...new Set(memberIds)].filter((memberId) => memberId !== actorId);
  checkRoom(others.length + 1, maxMembers, '/members');
  const members = [
    { id: actorId, role: 'owner' as const },
    ...others.map((memberId) => ({ id: memberId, role: 'member' as const })),
  ];
  return [{ id, type: 'conversation.created', data: { kind: 'group', title, members } }];
}

/** The group that a user makes with a key: the same one, whichever replica is asked. */
export function groupIdOf(actorId: string, key: string): string {
  return derivedId(`group:${actorId}:${key}`);
}

/** Equal for the same body, so that a key that comes again with another is noticed. */
export function groupHashOf(title: string, usernames: readonly string[]): string {
  const body = JSON.stringify([title, [...new Set(usernames)].toSorted()]);
  return createHash('sha256').update(body).digest('base64url');
}
