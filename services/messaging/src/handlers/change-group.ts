import type { HandlerContext } from '@natter/bus';
import { type ConversationRef, NatterError } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';
import type { EntryDraft } from '../domain/entry.ts';
import type { State } from '../domain/state.ts';
import type { Outcome } from '../log/command.ts';
import { resolveConversation } from './resolve-conversation.ts';
import type { WritingServices } from './writing-services.ts';

/** Changes a group. `decide` gets the id of the entry to make. @throws {NatterError} `forbidden` if it is no group. */
export async function changeGroup(
  { writer, directory }: WritingServices,
  { callerId: actorId, conversation: ref }: { callerId: string; conversation: ConversationRef },
  { deadline }: HandlerContext,
  decide: (state: State, id: string) => EntryDraft[],
): Promise<Outcome> {
  const { id: conversationId, founders } = await resolveConversation(directory, actorId, ref);
  if (founders !== undefined) throw new NatterError('forbidden');
  const id = uuidv7();
  return await writer.execute({
    id,
    conversationId,
    actorId,
    deadline,
    decide: (state) => decide(state, id),
  });
}
