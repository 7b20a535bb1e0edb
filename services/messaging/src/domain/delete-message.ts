import { NatterError } from '@natter/contracts';
import type { EntryDraft } from './entry.ts';
import { messageIn, participant } from './rights.ts';
import type { State } from './state.ts';

export interface DeleteMessage {
  id: string;
  actorId: string;
}

/** One's own; in groups owners and admins also anyone's. */
export function decideDeleteMessage(state: State, { id, actorId }: DeleteMessage): EntryDraft[] {
  const { conversation, actor } = participant(state, actorId);
  const { seq, senderId, deleted } = messageIn(state);
  const moderates = conversation.kind === 'group' && actor.role !== 'member';
  if (senderId !== actorId && !moderates) throw new NatterError('forbidden');
  return deleted === null ? [{ id, type: 'message.deleted', data: { seq } }] : [];
}
