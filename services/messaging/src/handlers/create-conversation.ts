import { type Handler, implement } from '@natter/bus';
import { type Conversation, createConversation, NatterError } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';
import { overviewOf } from '../domain/conversation-overview.ts';
import { decideCreateConversation, groupHashOf, groupIdOf } from '../domain/create-conversation.ts';
import { visibleTo } from '../domain/visible-to.ts';
import { afterWrite } from './after-write.ts';
import { viewConversations } from './conversation-view.ts';
import type { WritingServices } from './writing-services.ts';

export function handleCreateConversation(services: WritingServices): Handler {
  return implement(createConversation, async ({ callerId: actorId, title, members, key }, { deadline }) => {
    const { writer, directory, blocks, maxMembers } = services;
    const memberIds = await directory.idsOf(actorId, members).catch(undefinedIfNobody);
    const refused = await blocks.isBlockedByAny(actorId, memberIds ?? []);
    const conversationId = key === undefined ? uuidv7() : groupIdOf(actorId, key);
    const id = uuidv7();
    const command = { id, actorId, title, memberIds, refused, maxMembers };
    const { conversation, replayed } = await writer.execute({
      id,
      conversationId,
      actorId,
      key: key === undefined ? undefined : creationKey(key, groupHashOf(title, members)),
      deadline,
      decide: (state) => decideCreateConversation(state, command),
    });
    // Who repeats a creation may have left the group since.
    const overview = overviewOf(visibleTo(conversation, actorId));
    const [view] = await afterWrite(viewConversations(services, actorId, [overview]));
    return { conversation: view as Conversation, replayed };
  });
}

/** No key of a message in the group is like it: those have no colon. */
function creationKey(key: string, bodyHash: string) {
  return { clientMessageId: `created:${key}`, bodyHash };
}

/** Who repeats a creation gets the group that it made, though a member's account is no more. */
function undefinedIfNobody(error: unknown): undefined {
  if (error instanceof NatterError && error.code === 'user_not_found') return undefined;
  throw error;
}
