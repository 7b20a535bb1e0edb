import type { EntryDraft } from './entry.ts';
import { manager } from './rights.ts';
import type { State } from './state.ts';

export interface RenameConversation {
  id: string;
  actorId: string;
  title: string;
}

export function decideRenameConversation(
  state: State,
  { id, actorId, title }: RenameConversation,
): EntryDraft[] {
  const { conversation } = manager(state, actorId);
  return conversation.title === title ? [] : [{ id, type: 'conversation.renamed', data: { title } }];
}
