import type { Conversation } from './conversation.ts';
import type { Entry } from './entry.ts';

/** Entries of one conversation, and its state at the last of them or later. */
export interface ProjectionChange {
  conversation: Conversation;
  entries: readonly Entry[];
}

/** How far each member has read, by user id. */
export type ReadMarkers = ReadonlyMap<string, number>;

/**
 * What is folded from the logs to be read quickly. Losing it loses nothing: it can be made again from the logs.
 */
export interface Projections {
  /** The conversation as it was at some rev; never a state that the log did not have. */
  findConversation(conversationId: string): Promise<Conversation | undefined>;

  /**
   * Brings the projections up to the changes. Once it resolved, every replica reads at least these. May be done
   * again, late, and in any order: an older change never undoes a newer one.
   */
  apply(changes: readonly ProjectionChange[]): Promise<void>;

  findReadMarkers(conversationId: string, userIds: readonly string[]): Promise<ReadMarkers>;
}
