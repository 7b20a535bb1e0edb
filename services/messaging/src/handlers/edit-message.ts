import { type Handler, implement } from '@natter/bus';
import { editMessage } from '@natter/contracts';
import { decideEditMessage } from '../domain/edit-message.ts';
import { calledIn } from './called-in.ts';
import { changeMessage } from './change-message.ts';
import type { WritingServices } from './writing-services.ts';

export function handleEditMessage(services: WritingServices): Handler {
  return implement(editMessage, async (request, context) => {
    const { callerId: actorId, content, ifRev } = request;
    const calledIds = await calledIn(services.directory, content);
    return await changeMessage(services, request, context, (state, id) =>
      decideEditMessage(state, { id, actorId, content, calledIds, ifRev }),
    );
  });
}
