import { type Handler, implement } from '@natter/bus';
import { type Conversation, renameConversation } from '@natter/contracts';
import { overviewOf } from '../domain/conversation-overview.ts';
import { decideRenameConversation } from '../domain/rename-conversation.ts';
import { afterWrite } from './after-write.ts';
import { changeGroup } from './change-group.ts';
import { viewConversations } from './conversation-view.ts';
import type { WritingServices } from './writing-services.ts';

export function handleRenameConversation(services: WritingServices): Handler {
  return implement(renameConversation, async (request, context) => {
    const { callerId: actorId, title } = request;
    const { conversation } = await changeGroup(services, request, context, (state, id) =>
      decideRenameConversation(state, { id, actorId, title }),
    );
    const [view] = await afterWrite(viewConversations(services, actorId, [overviewOf(conversation)]));
    return view as Conversation;
  });
}
