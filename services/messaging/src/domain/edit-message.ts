import { NatterError } from '@natter/contracts';
import type { EntryDraft } from './entry.ts';
import { mentionsIn } from './mentions.ts';
import { livingMessageIn, messageIn, speaker } from './rights.ts';
import type { State } from './state.ts';

export interface EditMessage {
  id: string;
  actorId: string;
  content: string;
  /** Whom the text calls by a username. */
  calledIds: readonly string[];
  /** Only if the message's rev is one of these. */
  ifRev?: readonly number[] | undefined;
}

/** Only one's own. A repeat finds the text in place and changes nothing, whatever rev it asks for (RFC 9110, 13.1.1). */
export function decideEditMessage(state: State, command: EditMessage): EntryDraft[] {
  const { id, actorId, content, calledIds, ifRev } = command;
  const { conversation } = speaker(state, actorId);
  if (messageIn(state).senderId !== actorId) throw new NatterError('forbidden');
  const message = livingMessageIn(state);
  if (message.content === content) return [];
  if (ifRev !== undefined && !ifRev.includes(message.rev)) throw new NatterError('precondition_failed');
  const mentions = mentionsIn(conversation, calledIds);
  return [{ id, type: 'message.edited', data: { seq: message.seq, content, mentions } }];
}
