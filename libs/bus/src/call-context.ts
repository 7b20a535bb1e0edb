import type { Deadline } from './deadline.ts';

/**
 * What every call hands on: which request of a client it belongs to, and by when that one must be answered.
 */
export interface CallContext {
  readonly requestId: string;
  readonly deadline: Deadline;
}
