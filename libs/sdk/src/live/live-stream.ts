/** One event of `/events`, or one frame of `/ws`. */
export interface StreamEvent {
  type: string;
  /** The cursor of everything up to here. */
  id?: string | undefined;
  data: unknown;
}

/** An open connection. */
export interface LiveStream {
  events: AsyncIterable<StreamEvent>;
  close(): void;
  /** Milliseconds after which the server wants the client back once it has ended the connection. */
  readonly retryMs?: number | undefined;
}

/** Resolves when everything that happens after the cursor will come. */
export type OpenStream = (after: string, signal: AbortSignal) => Promise<LiveStream>;

/** The server says something every 20 s; who hears nothing for so many milliseconds is not connected any more. */
export const silentForMs = 60_000;
