import { decideAddReaction } from '../domain/add-reaction.ts';
import { decideCreateConversation, groupHashOf } from '../domain/create-conversation.ts';
import { decideDeleteMessage } from '../domain/delete-message.ts';
import { decideEditMessage } from '../domain/edit-message.ts';
import type { EntryDraft } from '../domain/entry.ts';
import { decideRemoveMember } from '../domain/remove-member.ts';
import { decideRemoveReaction } from '../domain/remove-reaction.ts';
import { decideRenameConversation } from '../domain/rename-conversation.ts';
import type { State } from '../domain/state.ts';
import type { Command } from './command.ts';

let ids = 0;

type Decide = (state: State, id: string) => EntryDraft[];

function command(actorId: string, decide: Decide, over: Partial<Command> = {}): Command {
  ids += 1;
  const id = `e${ids}`;
  const deadline = { expired: false };
  return { id, conversationId: 'c1', actorId, deadline, decide: (state) => decide(state, id), ...over };
}

/** A group of alice, its owner, and bob, who is a plain member. */
export function create({ key, title = 'Friends' }: { key?: string; title?: string } = {}): Command {
  const creation = { actorId: 'alice', title, memberIds: ['bob'], refused: false, maxMembers: 10 };
  return command('alice', (state, id) => decideCreateConversation(state, { id, ...creation }), {
    key: key === undefined ? undefined : { clientMessageId: key, bodyHash: groupHashOf(title, ['bob']) },
  });
}

export function rename(title: string, actorId = 'alice'): Command {
  return command(actorId, (state, id) => decideRenameConversation(state, { id, actorId, title }));
}

export function removeMember(userId: string, actorId = 'alice'): Command {
  return command(actorId, (state, id) => decideRemoveMember(state, { id, actorId, userId }));
}

export function edit(seq: number, content: string, { ifRev }: { ifRev?: number[] } = {}): Command {
  const wanted = { actorId: 'alice', content, calledIds: [], ifRev };
  return command('alice', (state, id) => decideEditMessage(state, { id, ...wanted }), { about: seq });
}

export function remove(seq: number): Command {
  return command('alice', (state, id) => decideDeleteMessage(state, { id, actorId: 'alice' }), {
    about: seq,
  });
}

export function react(seq: number, emoji: string, actorId = 'alice'): Command {
  return command(actorId, (state, id) => decideAddReaction(state, { id, actorId, emoji }), { about: seq });
}

export function unreact(seq: number, emoji: string, actorId = 'alice'): Command {
  return command(actorId, (state, id) => decideRemoveReaction(state, { id, actorId, emoji }), { about: seq });
}
