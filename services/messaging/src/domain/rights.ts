import { NatterError } from '@natter/contracts';
import { type Conversation, findMember, type Member } from './conversation.ts';
import type { Message } from './message.ts';
import type { State } from './state.ts';
import { visibleTo } from './visible-to.ts';

/** Who acts, where. */
export interface Participant {
  conversation: Conversation;
  actor: Member;
}

/** @throws {NatterError} `conversation_not_found` for whoever is no member. */
export function participant({ conversation }: State, actorId: string): Participant {
  const visible = visibleTo(conversation, actorId);
  return { conversation: visible, actor: findMember(visible, actorId) as Member };
}

/** A member of a group. @throws {NatterError} `forbidden` in a direct conversation. */
export function groupParticipant(state: State, actorId: string): Participant {
  const found = participant(state, actorId);
  if (found.conversation.kind !== 'group') throw new NatterError('forbidden');
  return found;
}

/** An owner or admin of a group. @throws {NatterError} `forbidden` otherwise. */
export function manager(state: State, actorId: string): Participant {
  const found = groupParticipant(state, actorId);
  if (found.actor.role === 'member') throw new NatterError('forbidden');
  return found;
}

/** Whoever may say something here. @throws {NatterError} `forbidden` where a direct conversation is refused. */
export function speaker(state: State, actorId: string): Participant {
  const found = participant(state, actorId);
  if (state.refused) throw new NatterError('forbidden');
  return found;
}

/** @throws {NatterError} `message_not_found`. */
export function messageIn({ message }: State): Message {
  if (message === undefined) throw new NatterError('message_not_found');
  return message;
}

/** @throws {NatterError} `message_not_found`, `message_deleted`. */
export function livingMessageIn(state: State): Message {
  const message = messageIn(state);
  if (message.deleted !== null) throw new NatterError('message_deleted');
  return message;
}
