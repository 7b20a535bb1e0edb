import type { Conversation } from './conversation.ts';
import type { ConversationOverview } from './conversation-overview.ts';
import type { Entry } from './entry.ts';
import type { Message } from './message.ts';

/**
 * Entries of one conversation, its state at the last of them or later, and the states then of the messages that
 * they change.
 */
export interface ProjectionChange {
  conversation: Conversation;
  entries: readonly Entry[];
  messages: readonly Message[];
  /** Whether it may have been applied long ago without anybody having heard of it: it counts as a change even so. */
  restored?: true;
}

/** Whose marker in which conversation. */
export interface MarkerKey {
  conversationId: string;
  userId: string;
}

export interface ReadMarker extends MarkerKey {
  readSeq: number;
}

/** Where a page of conversations ended. */
export interface ListPosition {
  active: Date;
  id: string;
}

/**
 * What is folded from the logs to be read quickly. Losing it loses nothing but the markers of whoever read without
 * writing: it can be made again from the logs. No state that is read here is one that the log did not have.
 */
export interface Projections {
  findConversation(conversationId: string): Promise<Conversation | undefined>;

  /** The same for whoever is a member; undefined for everyone else. */
  findOverview(conversationId: string, memberId: string): Promise<ConversationOverview | undefined>;

  /** The conversations of a member, the latest active first, from after a position on. */
  listOverviews(memberId: string, limit: number, after?: ListPosition): Promise<ConversationOverview[]>;

  findMessage(conversationId: string, seq: number): Promise<Message | undefined>;

  /** The messages with a seq in `from..to`, in order. */
  readMessages(conversationId: string, from: number, to: number): Promise<Message[]>;

  /** Those of the messages that there are, in any order. */
  findMessages(ids: readonly string[]): Promise<Message[]>;

  /** Those of the markers that there are, in any order. */
  findReadMarkers(keys: readonly MarkerKey[]): Promise<ReadMarker[]>;

  /** Moves a marker forward, never back, and touches the membership unless it was further. @returns where it is then. */
  markRead(marker: ReadMarker): Promise<number>;

  /** Those of the users who share a conversation with a member now, in any order. */
  findAcquaintances(memberId: string, among: readonly string[]): Promise<string[]>;

  /** All who share a conversation with a member now: ids in ascending order, from after one on. */
  listAcquaintances(memberId: string, limit: number, afterId?: string): Promise<string[]>;

  /**
   * Brings the projections up to the changes. Once it resolved, every replica reads at least these. May be done
   * again, late, and in any order: an older change never undoes a newer one. Whoever reads a conversation and then
   * messages reads these at its rev at least: who goes on from there is not told again of changes up to it.
   *
   * A conversation that gets to a newer rev, or is restored, is touched, and so is the membership of whoever was
   * removed: in the same write, by the database's clock.
   */
  apply(changes: readonly ProjectionChange[]): Promise<void>;
}
