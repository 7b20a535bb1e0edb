/** How an attempt to deliver an entry ended. */
export type Attempt =
  | { outcome: 'delivered' }
  | {
      /** The receiver answered otherwise than 2xx; it did not answer; or it may not be reached. */
      outcome: 'refused' | 'unreachable' | 'forbidden';
      /** For the operator. */
      reason: string;
      /** How long the receiver asks to wait, in milliseconds. */
      retryAfterMs?: number | undefined;
    }
  /** The process stops. Whether the receiver has the entry is not known. */
  | { outcome: 'broken-off' };

export type FailedAttempt = Extract<Attempt, { reason: string }>;
