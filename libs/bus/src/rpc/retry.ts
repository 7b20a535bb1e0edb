import { errorTable, NatterError, type Operation } from '@natter/contracts';
import type { Outcome } from './outcome.ts';

/** What a call has been through so far. */
export interface Progress {
  readonly effect: Operation['effect'];
  /** Whether the operation may be repeated after an attempt that may have run. */
  readonly repeatable: () => boolean;
  /** Attempts, the latest included, that found nobody serving. */
  noResponders: number;
  /** Whether any attempt, the latest included, may have run without our knowing. */
  mayHaveRun: boolean;
}

/** Milliseconds; with jitter at most 25 ms together. Bridges the moment between two replicas. */
const noRespondersDelays = [5, 15];

/** An attempt with less time left than this, in milliseconds, would only add load. */
const leastUsefulMs = 100;

export function noteOutcome(progress: Progress, { kind }: Outcome): void {
  if (kind === 'no-responders') progress.noResponders += 1;
  if (kind === 'timed-out' || kind === 'lost') progress.mayHaveRun = true;
}

/** After how many milliseconds to try again, never past the deadline; undefined where the outcome is final. */
export function repeatAfterMs(outcome: Outcome, progress: Progress, remainingMs: number): number | undefined {
  if (outcome.kind === 'no-responders') {
    const delay = noRespondersDelays[progress.noResponders - 1];
    return delay !== undefined && delay < remainingMs ? delay : undefined;
  }
  const again = outcome.kind === 'timed-out' && remainingMs >= leastUsefulMs && progress.repeatable();
  return again ? 0 : undefined;
}

/**
 * What to tell the caller at the end. Once an attempt of a write may have run, no later attempt that failed
 * can take that back: not one that reached nobody, and not an answer that is silent about the request (5xx).
 */
export function failureOf(outcome: Exclude<Outcome, { kind: 'answered' }>, progress: Progress): NatterError {
  const unknown = progress.mayHaveRun && progress.effect === 'write';
  if (outcome.kind === 'refused') {
    const { error } = outcome;
    const settles = errorTable[error.code].status < 500;
    return unknown && !settles ? new NatterError('outcome_unknown', { cause: error }) : error;
  }
  const { cause } = outcome;
  if (unknown) return new NatterError('outcome_unknown', { cause });
  const retryAfter = outcome.kind === 'not-sent' ? outcome.retryAfter : 1;
  return new NatterError('service_unavailable', { retryAfter, cause });
}
