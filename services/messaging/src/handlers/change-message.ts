import type { HandlerContext } from '@natter/bus';
import { type ConversationRef, type Message as MessageDto, NatterError } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';
import type { EntryDraft } from '../domain/entry.ts';
import type { Message } from '../domain/message.ts';
import type { State } from '../domain/state.ts';
import { afterWrite } from './after-write.ts';
import { viewMessages } from './message-view.ts';
import { resolveConversation } from './resolve-conversation.ts';
import type { WritingServices } from './writing-services.ts';

export interface MessageRequest {
  callerId: string;
  conversation: ConversationRef;
  seq: number;
}

/** Changes a message that is there. `decide` gets the id of the entry to make. @returns the message as it is then. */
export async function changeMessage(
  { writer, directory }: WritingServices,
  { callerId: actorId, conversation: ref, seq }: MessageRequest,
  { deadline }: HandlerContext,
  decide: (state: State, id: string) => EntryDraft[],
): Promise<MessageDto> {
  const { id: conversationId, founders } = await resolveConversation(directory, actorId, ref);
  const id = uuidv7();
  const { message } = await writer.execute({
    id,
    conversationId,
    actorId,
    about: seq,
    deadline,
    decide: (state) => {
      // A direct conversation that nobody has begun is there, and empty.
      if (state.conversation === undefined && founders) throw new NatterError('message_not_found');
      return decide(state, id);
    },
  });
  const [view] = await afterWrite(viewMessages(directory, actorId, [message as Message]));
  return view as MessageDto;
}
