import type { Deadline } from './deadline.ts';

/**
 * What every call hands on: which request of a client it belongs to, by when that one must be answered, and where it
 * comes from.
 */
export interface CallContext {
  readonly requestId: string;
  readonly deadline: Deadline;
  /** An IP address of the client; undefined where there is none, or nobody knows it. What is no IP address isn't handed on. */
  readonly address?: string | undefined;
}
