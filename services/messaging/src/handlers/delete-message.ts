import { type Handler, implement } from '@natter/bus';
import { deleteMessage } from '@natter/contracts';
import { decideDeleteMessage } from '../domain/delete-message.ts';
import { changeMessage } from './change-message.ts';
import type { WritingServices } from './writing-services.ts';

export function handleDeleteMessage(services: WritingServices): Handler {
  return implement(deleteMessage, async (request, context) => {
    const { callerId: actorId } = request;
    await changeMessage(services, request, context, (state, id) =>
      decideDeleteMessage(state, { id, actorId }),
    );
    return {};
  });
}
