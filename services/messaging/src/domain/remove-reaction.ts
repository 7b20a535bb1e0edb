import type { React } from './add-reaction.ts';
import type { EntryDraft } from './entry.ts';
import { hasReacted } from './message.ts';
import { messageIn, participant } from './rights.ts';
import type { State } from './state.ts';

export function decideRemoveReaction(state: State, { id, actorId, emoji }: React): EntryDraft[] {
  participant(state, actorId);
  const message = messageIn(state);
  if (!hasReacted(message, emoji, actorId)) return [];
  return [{ id, type: 'reaction.removed', data: { seq: message.seq, emoji } }];
}
