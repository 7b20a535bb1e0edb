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
