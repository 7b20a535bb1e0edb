/**
 * The epoch of the logs: what a rev or a seq means holds within one. Another begins when the database was put back to
 * an earlier moment, after which numbers that were given out before are given to other entries.
 */
export interface LogEpochs {
  /** The epoch that it is; where there is none yet, one is begun. The same for everybody who asks. */
  current(): Promise<string>;

  /** Begins another, unlike any that there was or that a copy of the database may have. */
  begin(): Promise<string>;
}
