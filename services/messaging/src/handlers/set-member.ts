import { type Handler, implement } from '@natter/bus';
import { type Member as MemberDto, NatterError, setMember } from '@natter/contracts';
import { findMember } from '../domain/conversation.ts';
import { decideSetMember } from '../domain/set-member.ts';
import { afterWrite } from './after-write.ts';
import { changeGroup } from './change-group.ts';
import { viewMembers } from './conversation-view.ts';
import type { WritingServices } from './writing-services.ts';

export function handleSetMember(services: WritingServices): Handler {
  return implement(setMember, async (request, context) => {
    const { callerId: actorId, username, role } = request;
    const { directory, blocks, maxMembers } = services;
    const userId = await directory.idOf(actorId, username);
    const refused = await blocks.isBlockedByAny(actorId, [userId]);
    const { conversation, entry } = await changeGroup(services, request, context, (state, id) =>
      decideSetMember(state, { id, actorId, userId, role, refused, maxMembers }),
    );
    const member = findMember(conversation, userId);
    // Stored when nobody could say so, and since then somebody else removed them again.
    if (member === undefined) throw new NatterError('outcome_unknown');
    const [view] = await afterWrite(viewMembers(services, actorId, conversation, [member]));
    return { member: view as MemberDto, added: entry?.type === 'member.added' };
  });
}
