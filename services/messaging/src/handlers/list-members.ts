import { type Handler, implement } from '@natter/bus';
import { listMembers, NatterError } from '@natter/contracts';
import { decodeCursor, encodeCursor, numberIn } from '../domain/cursor.ts';
import { visibleTo } from '../domain/visible-to.ts';
import { viewMembers } from './conversation-view.ts';
import type { ReadingServices } from './reading-services.ts';
import { resolveConversation } from './resolve-conversation.ts';

export function handleListMembers(services: ReadingServices): Handler {
  return implement(listMembers, async ({ callerId, conversation: ref, limit, cursor }) => {
    const { id, founders } = await resolveConversation(services.directory, callerId, ref);
    if (founders !== undefined) throw new NatterError('forbidden');
    const conversation = visibleTo(await services.projections.findConversation(id), callerId);
    if (conversation.kind !== 'group') throw new NatterError('forbidden');
    const after = cursor === undefined ? 0 : positionIn(callerId, id, cursor);
    const rest = conversation.members.filter(({ joined }) => joined > after);
    const page = rest.slice(0, limit);
    const last = rest.length > limit ? page.at(-1) : undefined;
    return {
      members: await viewMembers(services, callerId, conversation, page),
      next: last === undefined ? null : encodeCursor('members', callerId, [id, String(last.joined)]),
    };
  });
}

function positionIn(callerId: string, conversationId: string, cursor: string): number {
  const [of, joined] = decodeCursor('members', callerId, cursor);
  if (of !== conversationId) throw new NatterError('cursor_invalid');
  return numberIn(joined);
}
