import { decideAddReaction } from '../domain/add-reaction.ts';
import { decideCreateConversation } from '../domain/create-conversation.ts';
import { decideDeleteMessage } from '../domain/delete-message.ts';
import { directConversation } from '../domain/direct-conversation.ts';
import { decideEditMessage } from '../domain/edit-message.ts';
import type { CommandKey, EntryDraft } from '../domain/entry.ts';
import { decideRemoveDeletedUser } from '../domain/remove-deleted-user.ts';
import { decideRemoveMember } from '../domain/remove-member.ts';
import { decideRemoveReaction } from '../domain/remove-reaction.ts';
import { decideRenameConversation } from '../domain/rename-conversation.ts';
import { decideSendMessage } from '../domain/send-message.ts';
import { decideSetMember } from '../domain/set-member.ts';
import type { State } from '../domain/state.ts';
import type { Command } from '../log/command.ts';

/** What a user wants to happen. Each attempt at it is a command of its own. */
export interface Intent extends Pick<Command, 'conversationId' | 'actorId' | 'key' | 'about' | 'founders'> {
  what: string;
  decide: (state: State, id: string) => EntryDraft[];
}

export const userIds = ['alice', 'bob', 'carol', 'dave'] as const;

export const groupIds = ['group-1', 'group-2'] as const;

const maxMembers = 4;

/** The direct conversation of alice and bob. */
const { id: directId, memberIds: founders } = directConversation('alice', 'bob');

export const conversationIds = [directId, ...groupIds];

const whereOf = (conversationId: string) =>
  conversationId === directId ? 'the direct conversation' : conversationId;

/** A group, made with a key: alice owns it, and has bob and carol with her. */
export function createGroup(conversationId: string): Intent {
  const actorId = 'alice';
  const rest = { title: 'a group', memberIds: ['bob', 'carol'], refused: false, maxMembers };
  return {
    what: `create ${conversationId}`,
    conversationId,
    actorId,
    key: { clientMessageId: 'created:1', bodyHash: 'a group' },
    decide: (state, id) => decideCreateConversation(state, { id, actorId, ...rest }),
  };
}

interface Place {
  conversationId: string;
  actorId: string;
}

export function sendMessage(place: Place, content: string, replyTo: number | null, key?: string): Intent {
  const known = { ...place, content, replyTo, calledIds: userIds.filter((id) => content.includes(`@${id}`)) };
  // Whoever else means it by its id, which begins nothing.
  const begins = place.conversationId === directId && founders.includes(place.actorId) ? { founders } : {};
  return {
    what: `send ${content}${key === undefined ? '' : ` with key ${key}`} to ${whereOf(place.conversationId)}`,
    ...place,
    ...begins,
    about: replyTo ?? undefined,
    key: key === undefined ? undefined : keyOf(key, content, replyTo),
    decide: (state, messageId) => decideSendMessage(state, { ...known, ...begins, messageId }),
  };
}

function keyOf(clientMessageId: string, content: string, replyTo: number | null): CommandKey {
  return { clientMessageId, bodyHash: JSON.stringify([content, replyTo]) };
}

interface OnMessage extends Place {
  seq: number;
}

const aboutMessage = ({ conversationId, actorId, seq }: OnMessage, verb: string) => ({
  what: `${verb} message ${seq} of ${whereOf(conversationId)}`,
  conversationId,
  actorId,
  about: seq,
});

export function editMessage(place: OnMessage, content: string): Intent {
  const { actorId } = place;
  return {
    ...aboutMessage(place, `say ${content} in`),
    decide: (state, id) => decideEditMessage(state, { id, actorId, content, calledIds: [] }),
  };
}

export function deleteMessage(place: OnMessage): Intent {
  const { actorId } = place;
  return {
    ...aboutMessage(place, 'delete'),
    decide: (state, id) => decideDeleteMessage(state, { id, actorId }),
  };
}

export function addReaction(place: OnMessage, emoji: string): Intent {
  const { actorId } = place;
  return {
    ...aboutMessage(place, `put ${emoji} on`),
    decide: (state, id) => decideAddReaction(state, { id, actorId, emoji }),
  };
}

export function removeReaction(place: OnMessage, emoji: string): Intent {
  const { actorId } = place;
  return {
    ...aboutMessage(place, `take ${emoji} off`),
    decide: (state, id) => decideRemoveReaction(state, { id, actorId, emoji }),
  };
}

export function renameConversation({ conversationId, actorId }: Place, title: string): Intent {
  return {
    what: `call ${whereOf(conversationId)} ${title}`,
    conversationId,
    actorId,
    decide: (state, id) => decideRenameConversation(state, { id, actorId, title }),
  };
}

export function setMember(
  { conversationId, actorId }: Place,
  userId: string,
  role?: 'owner' | 'admin' | 'member',
): Intent {
  return {
    what: `have ${userId} in ${whereOf(conversationId)} as ${role ?? 'whatever'}`,
    conversationId,
    actorId,
    decide: (state, id) => decideSetMember(state, { id, actorId, userId, role, refused: false, maxMembers }),
  };
}

export function removeMember({ conversationId, actorId }: Place, userId: string): Intent {
  return {
    what: `take ${userId} out of ${whereOf(conversationId)}`,
    conversationId,
    actorId,
    decide: (state, id) => decideRemoveMember(state, { id, actorId, userId }),
  };
}

/** What a deleted account does to a group: two entries of one command, where an heir is needed. */
export function loseAccount({ conversationId, actorId: userId }: Place): Intent {
  return {
    what: `leave ${whereOf(conversationId)} with the account deleted`,
    conversationId,
    actorId: userId,
    decide: (state, id) => decideRemoveDeletedUser(state, { id, successionId: `${id}-heir`, userId }),
  };
}
