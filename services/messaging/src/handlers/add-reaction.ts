import { type Handler, implement } from '@natter/bus';
import { addReaction } from '@natter/contracts';
import { decideAddReaction } from '../domain/add-reaction.ts';
import { changeMessage } from './change-message.ts';
import type { WritingServices } from './writing-services.ts';

export function handleAddReaction(services: WritingServices): Handler {
  return implement(addReaction, (request, context) => {
    const { callerId: actorId, emoji } = request;
    return changeMessage(services, request, context, (state, id) =>
      decideAddReaction(state, { id, actorId, emoji }),
    );
  });
}
