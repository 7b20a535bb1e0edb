import type { Conversation } from './conversation.ts';
import type { Message } from './message.ts';

/** What a decision rests on. */
export interface State {
  conversation: Conversation | undefined;
  /** The message that the command is about; undefined where it is about none, or where there is no such message. */
  message?: Message | undefined;
  /** Whether one of the two of a direct conversation keeps the other from writing. */
  refused?: boolean | undefined;
}
