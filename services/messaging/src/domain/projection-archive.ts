import type { Conversation } from './conversation.ts';
import type { CurrentMessage, Message } from './message.ts';
import type { MarkerKey, ReadMarker } from './projections.ts';

/** A conversation's projection, with all that is kept of it. */
export interface KeptConversation extends Conversation {
  readonly memberCount: number;
}

/** A marker by the key under which it is found. */
export interface KeptMarker extends ReadMarker {
  /** Whether what else is kept of it says the same as its key. */
  sound: boolean;
}

/**
 * The projections for whoever looks whether they are right, and puts them right while the service moves them on:
 * each change is made only if what is kept is still what the caller saw.
 */
export interface ProjectionArchive {
  /** Of whatever conversations something is kept; a part may repeat what one before it had. */
  conversationIds(): AsyncIterable<readonly string[]>;

  findConversation(conversationId: string): Promise<KeptConversation | undefined>;

  /** Puts the state in place of the one at `seenRev`; with none seen, where there is none. */
  replaceConversation(conversation: Conversation, seenRev: number | undefined): Promise<void>;

  removeConversation(conversationId: string): Promise<void>;

  findCurrent(messageId: string): Promise<CurrentMessage | undefined>;

  /** The same for what is kept beside a message. */
  replaceCurrent(message: Message, seenRev: number | undefined): Promise<void>;

  /** All that are kept for a conversation. */
  markersOf(conversationId: string): Promise<KeptMarker[]>;

  /**
   * Puts the marker in place of the one at `seenSeq`; with none seen, where there is none. Its owner was removed last by
   * the entry at `left`, if ever.
   */
  replaceMarker(
    marker: ReadMarker,
    seen: { seenSeq: number | undefined; left: number | undefined },
  ): Promise<void>;

  removeMarkers(keys: readonly MarkerKey[]): Promise<void>;
}
