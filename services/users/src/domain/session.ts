/** A refresh token that was used, and what made its successor. */
export interface UsedToken {
  readonly hash: string;
  /** See `successorOf`. */
  readonly salt: string;
  /** For the first time. */
  readonly usedAt: Date;
}

/** One login of one device. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  /** What the user calls the device. */
  readonly device: string | null;
  readonly created: Date;
  /** When it last got an access token. */
  readonly lastUsed: Date;
  /** The `sessionEpoch` of the account that it belongs to: when that grows, the session ends. */
  readonly epoch: number;
  /** Of the part that all its refresh tokens share. The tokens themselves are known to their holder alone. */
  readonly seriesHash: string;
  /** Of the secret in the refresh token that is to be used next. */
  readonly refreshTokenHash: string;
  /** Those that were used in the last seconds, the latest last. */
  readonly used: readonly UsedToken[];
  /** None of its access tokens is good for longer. */
  readonly accessUntil: Date;
  /** When it is forgotten: not used for too long, or ended long enough ago. */
  readonly expires: Date;
  /** Whether it gets no more access tokens, and those that it got are no longer good. */
  readonly ended: boolean;
}

export interface SessionQuery {
  readonly userId: string;
  readonly aliveAt: Date;
  /** From the page before. */
  readonly beforeId: string | undefined;
  readonly limit: number;
}

export interface EndedSessionQuery {
  /** Of everybody, if it does not say of whom. */
  readonly userId?: string;
  /** Those of which an access token might have been good until later than that. */
  readonly accessAfter: Date;
  /** And those that are forgotten later than that: a stream lives on where its token does not. */
  readonly forgottenAfter: Date;
  /** From the page before. */
  readonly afterId: string | undefined;
  readonly limit: number;
}

/** Port: the sessions that there are. */
export interface Sessions {
  /** Keeps a new session, durably before it resolves. */
  add(session: Session): Promise<void>;
  /** Read as of now; also one that has ended, until it is forgotten. */
  findBySeries(seriesHash: string): Promise<Session | undefined>;
  /**
   * Puts what became of a session by the use of its token in place of what it was, durably.
   *
   * @returns false when it has ended since, or when its refresh token is not that of `before` any more. Of any number of
   * simultaneous calls with the same `before`, in however many processes, at most one gets true.
   */
  replace(before: Session, next: Session): Promise<boolean>;
  /**
   * Ends a session of a user, durably; it is forgotten at that time. Ended already, nothing changes.
   *
   * @returns it as it is then; undefined when the user has no such session.
   */
  end(which: { id: string; userId: string }, forgetAt: Date): Promise<Session | undefined>;
  /** Lets a session go on in a later epoch of its account. */
  keep(which: { id: string; userId: string }, epoch: number): Promise<void>;
  /** Ends all sessions of a user that are of an earlier epoch, as `end` does. */
  endBefore(which: { userId: string; epoch: number }, forgetAt: Date): Promise<void>;
  /** Those that have neither ended nor expired, by id descending, which is the latest login first. */
  list(query: SessionQuery): Promise<Session[]>;
  /** Those that have ended, by id ascending. */
  listEnded(query: EndedSessionQuery): Promise<Session[]>;
}
