import { NatterError } from '@natter/contracts';
import { NotConnectedError } from '../connection/connection.ts';
import { isNoResponders, isPayloadTooLarge, isTimeout } from '../connection/nats-error.ts';
import { BreakerOpenError } from './breaker.ts';
import type { Reply } from './wire.ts';

/** How one attempt of a call ended, as far as the caller can know. */
export type Outcome =
  | Reply
  /** Nobody serves the operation just now: nothing ran. */
  | { kind: 'no-responders'; cause: unknown }
  /** It never left this process: nothing ran. `retryAfter` in seconds. */
  | { kind: 'not-sent'; cause: unknown; retryAfter: number }
  /** No answer in time: it may have run, or may run yet. */
  | { kind: 'timed-out'; cause: unknown }
  /** The way to the service broke while the request was on it: it may have run. */
  | { kind: 'lost'; cause: unknown };

/** Reads what an attempt threw. What is not known to have run nothing may have run. */
export function outcomeOf(cause: unknown): Outcome {
  if (isNoResponders(cause)) return { kind: 'no-responders', cause };
  if (cause instanceof BreakerOpenError) return { kind: 'not-sent', cause, retryAfter: cause.retryAfter };
  if (cause instanceof NotConnectedError) return { kind: 'not-sent', cause, retryAfter: 1 };
  if (isTimeout(cause)) return { kind: 'timed-out', cause };
  if (isPayloadTooLarge(cause)) {
    return { kind: 'refused', error: new NatterError('content_too_large', { cause }) };
  }
  return { kind: 'lost', cause };
}
