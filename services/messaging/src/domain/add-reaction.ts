import { maxReactionKinds, NatterError } from '@natter/contracts';
import type { EntryDraft } from './entry.ts';
import { hasReacted } from './message.ts';
import { livingMessageIn, speaker } from './rights.ts';
import type { State } from './state.ts';

export interface React {
  id: string;
  actorId: string;
  emoji: string;
}

export function decideAddReaction(state: State, { id, actorId, emoji }: React): EntryDraft[] {
  speaker(state, actorId);
  const message = livingMessageIn(state);
  if (hasReacted(message, emoji, actorId)) return [];
  const isNew = !message.reactions.some((reaction) => reaction.emoji === emoji);
  if (isNew && message.reactions.length >= maxReactionKinds) {
    throw new NatterError('validation_failed', {
      faults: [{ pointer: 'emoji', message: `A message has at most ${maxReactionKinds} kinds of reaction` }],
    });
  }
  return [{ id, type: 'reaction.added', data: { seq: message.seq, emoji } }];
}
