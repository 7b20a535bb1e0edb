import type { Conversation } from '../domain/conversation.ts';
import type { CommandKey, Entry, EntryDraft } from '../domain/entry.ts';

/** Something that a user wants appended to a conversation. */
export interface Command {
  /** The id of the last entry that it makes: by it the command finds its own entry again. */
  readonly id: string;
  readonly conversationId: string;
  readonly actorId: string;
  readonly key?: CommandKey | undefined;
  /** When nobody waits for the answer any more. */
  readonly deadline: { readonly expired: boolean };
  /** Pure: the same for the same state. @throws {NatterError} when the state does not allow it. */
  decide(conversation: Conversation | undefined): EntryDraft[];
}

export interface Outcome {
  /** The command's last entry. */
  entry: Entry;
  /** The entry was there before: its key had been used for the same. */
  replayed: boolean;
}
