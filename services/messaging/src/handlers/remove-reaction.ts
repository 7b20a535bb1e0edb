import { type Handler, implement } from '@natter/bus';
import { removeReaction } from '@natter/contracts';
import { decideRemoveReaction } from '../domain/remove-reaction.ts';
import { changeMessage } from './change-message.ts';
import type { WritingServices } from './writing-services.ts';

export function handleRemoveReaction(services: WritingServices): Handler {
  return implement(removeReaction, (request, context) => {
    const { callerId: actorId, emoji } = request;
    return changeMessage(services, request, context, (state, id) =>
      decideRemoveReaction(state, { id, actorId, emoji }),
    );
  });
}
