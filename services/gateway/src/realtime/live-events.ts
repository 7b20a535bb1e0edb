import type { Entry, Position } from '@natter/contracts';
import type { Caller } from '../auth/authenticate.ts';
import type { RequestContext } from '../http/request-context.ts';

/** An entry on its way to clients, with the text that all of them share. */
export interface LiveEntry {
  readonly entry: Entry;
  /** The entry as JSON. */
  readonly json: string;
}

/** What passes: it has no cursor, nobody reads it afterwards, and it goes first where there is too much. */
export interface EphemeralEvent {
  readonly type: 'presence' | 'receipt' | 'typing';
  /** The event's data as JSON. */
  readonly json: string;
}

/** Which way a client is connected. */
export type Transport = 'events' | 'websocket';

/** Why a stream ends without its client asking for it. */
export type EndReason =
  /** The session, or the password that it was opened with, is good no more. */
  | 'session_ended'
  /** This replica goes. */
  | 'restarting'
  /** What was missed could not be read in time: the client resumes from its cursor. */
  | 'unavailable';

/** What a transport does for one client. Nothing here may throw. */
export interface StreamClient {
  /**
   * Each entry once and in order, conversation by conversation. `cursor` makes the cursor of everything up to and
   * including it.
   */
  entry(entry: LiveEntry, cursor: () => string): void;
  ephemeral(event: EphemeralEvent): void;
  /** The logs were put back to an earlier moment: what the client keeps is to be read anew, and live it goes on from now. */
  reset(cursor: string): void;
  /** Resolves when there is room for more, while what was missed is read. */
  drained(): Promise<void>;
  /** Comes once, and nothing after it. */
  end(reason: EndReason): void;
}

export interface StreamRequest {
  caller: Caller;
  /** Where the client has got to; without it, from now on. */
  position: Position | undefined;
  client: StreamClient;
  transport: Transport;
  context: RequestContext;
}

/** Why a client is there no more, or is not to be any longer. */
export type CloseReason =
  /** It went away. */
  | 'closed'
  /** It read too slowly, and was cut. */
  | 'slow';

export interface Stream {
  /** The cursor of everything up to now; undefined while what was missed is read. */
  readonly cursor: string | undefined;
  /** Nothing comes after it. Harmless where the stream has ended. */
  close(reason: CloseReason): void;
}

/** The entries of a user's conversations as they are appended, without a gap after a position. */
export interface LiveEvents {
  /**
   * Resolves when entries that are appended from now on come, and what was missed is being read.
   *
   * @throws {NatterError} `service_unavailable` where that can't be known; `rate_limited` where the user has too many
   * streams here already; what a session that has ended meanwhile is refused with.
   */
  open(request: StreamRequest): Promise<Stream>;
}

/** Hands out what passes to the streams that are here. What nobody here is told of costs next to nothing. */
export interface EphemeralEvents {
  /** To the members of a conversation, but for those whom `isFor` leaves out. */
  tellConversation(conversationId: string, event: EphemeralEvent, isFor?: (userId: string) => boolean): void;
  tellUser(userId: string, event: EphemeralEvent): void;
}
