import type { Conversation } from '../domain/conversation.ts';
import type { CommandKey, Entry, EntryDraft } from '../domain/entry.ts';
import type { Message } from '../domain/message.ts';
import type { State } from '../domain/state.ts';

/** Something that a user wants appended to a conversation. */
export interface Command {
  /** The id of the last entry that it makes: by it the command finds its own entry again. */
  readonly id: string;
  readonly conversationId: string;
  readonly actorId: string;
  readonly key?: CommandKey | undefined;
  /** The seq of the message that the command is about. */
  readonly about?: number | undefined;
  /** Those who would be in a direct conversation that is not there yet. */
  readonly founders?: readonly string[] | undefined;
  /** When nobody waits for the answer any more. */
  readonly deadline: { readonly expired: boolean };
  /** Pure: the same for the same state. Nothing to append is an answer too. @throws {NatterError} when it is refused. */
  decide(state: State): EntryDraft[];
}

export interface Outcome {
  /** The command's last entry; undefined where there was nothing to do. */
  entry?: Entry | undefined;
  /** The entry was there before: its key had been used for the same. */
  replayed: boolean;
  /** As the command left it or found it, or later. */
  conversation: Conversation;
  /** The message that the command sent or is about. */
  message?: Message | undefined;
}
