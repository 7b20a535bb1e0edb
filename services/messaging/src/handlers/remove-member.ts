import { type Handler, implement } from '@natter/bus';
import { removeMember } from '@natter/contracts';
import { decideRemoveMember } from '../domain/remove-member.ts';
import { changeGroup } from './change-group.ts';
import type { WritingServices } from './writing-services.ts';

export function handleRemoveMember(services: WritingServices): Handler {
  return implement(removeMember, async (request, context) => {
    const { callerId: actorId, username } = request;
    const userId = username === 'me' ? actorId : await services.directory.idOf(actorId, username);
    await changeGroup(services, request, context, (state, id) =>
      decideRemoveMember(state, { id, actorId, userId }),
    );
    return {};
  });
}
