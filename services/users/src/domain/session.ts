/** One login of one device. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  /** What the user calls the device. */
  readonly device: string | null;
  readonly created: Date;
  readonly lastUsed: Date;
  /** The token itself is known to its holder alone. */
  readonly refreshTokenHash: string;
}

/** Port: the sessions that there are. */
export interface Sessions {
  /** Keeps a new session, durably before it resolves. */
  add(session: Session): Promise<void>;
}
