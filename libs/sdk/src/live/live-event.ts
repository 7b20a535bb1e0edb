import type { Conversation, Entry, MessagePage, Presence, Receipt, Typing } from '../contract-types.ts';
import type { NatterClientError } from '../natter-client-error.ts';

/** What passes: nothing is missing without it. */
export type EphemeralEvent =
  | { type: 'presence'; data: Presence }
  | { type: 'receipt'; data: Receipt }
  | { type: 'typing'; data: Typing };

/** What happens in the user's conversations, as a connection tells it. */
export type LiveEvent =
  /** The next of its conversation: none is missing before it, and it comes once. */
  | { type: 'entry'; entry: Entry }
  /** A conversation to begin with. The entries that follow come after its `rev`; older messages are read by pages. */
  | { type: 'snapshot'; conversation: Conversation & { id: string }; messages: MessagePage }
  /** What entries don't tell of a conversation that changed while the client was away: names and read markers. */
  | { type: 'conversation'; conversation: Conversation & { id: string } }
  /** The server was put back to an earlier moment: forget everything, snapshots follow. */
  | { type: 'reset' }
  /** What was missed has been told, and what happens from now on comes at once. */
  | { type: 'connected' }
  /** The connection is lost; it is made again by itself. */
  | { type: 'disconnected'; error: NatterClientError | undefined }
  | EphemeralEvent;

/** How far a client has been told. Plain data: keep it with what was made of the events, and go on from it later. */
export interface LivePosition {
  cursor: string;
  /** Whether it is in the middle of the snapshots that everything begins with. */
  beginning: boolean;
  epoch: string | undefined;
  /** Up to where the entries of each conversation were given. */
  revs: Record<string, number>;
}
