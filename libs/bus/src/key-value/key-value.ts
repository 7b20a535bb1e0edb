import type { Deadline } from '../deadline.ts';

/**
 * Values that processes share, by key. A key is one token of a subject. Whatever does not come to pass because NATS is
 * away, or the bucket is, or because the deadline is over, throws `NatterError` `service_unavailable`.
 */
export interface KeyValue<T> {
  /** As it is just now; undefined where there is none, or none any more. */
  get(key: string, deadline: Deadline): Promise<T | undefined>;
  /**
   * Puts what `change` makes of the value in its place, and gives that. No change of another process is lost, so
   * `change` runs again where one came first. What it throws is thrown, and changes nothing. Where the connection is
   * lost or slow, a change may be made twice; where the deadline is over, it may have been made.
   */
  update(key: string, change: (current: T | undefined) => T, deadline: Deadline): Promise<T>;
}

/** The same of a bucket that is `watched`. */
export interface WatchedKeyValue<T> extends KeyValue<T> {
  /** Puts a value in the place of whatever is there. */
  put(key: string, value: T): Promise<void>;
  /** Harmless where there is none. */
  delete(key: string): Promise<void>;
  /** Follows the values of all keys until it is stopped or the bus closed. */
  watch(handle: WatchHandler<T>): Watching;
}

/**
 * Told of each value that is there and of each that comes, in order by key; of undefined where one is deleted or of
 * another shape. Of those that have run out it is told nothing: who relies on them knows for how long they are kept.
 * After a loss of NATS it is told of all that are there again. Must not throw.
 */
export type WatchHandler<T> = (key: string, value: T | undefined) => void;

export interface Watching {
  /** Resolves when all that were there have been told; never, where it is stopped before. */
  readonly read: Promise<void>;
  stop(): void;
}
