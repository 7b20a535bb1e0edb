import type { ErrorCode, Operation, ServiceName } from '@natter/contracts';

/** How a request ended: `ok`, or the code of the error that was answered. */
export type RequestOutcome = 'ok' | ErrorCode;

type BreakerState = 'closed' | 'half-open' | 'open';

/** What became of one delivery of an event. */
export type Settlement = 'acknowledged' | 'redelivered' | 'dead-letter';

/** Told of what the bus does, so that it can be measured. Nothing here may throw or take long. */
export interface BusObserver {
  /** A call begins, with all its attempts; what is returned is told how it ended. */
  calling(operation: Operation): (outcome: RequestOutcome) => void;
  /** A call is tried once more, because of how the attempt before ended. */
  repeating(operation: Operation, after: 'no-responders' | 'timed-out'): void;
  /** The state of the breaker before a service, from the first call on. */
  breakerIs(service: ServiceName, state: BreakerState): void;
  /** A request is being served; what is returned is told how it ended. */
  serving(operation: Operation): (outcome: RequestOutcome) => void;
  /** Events are consumed; `behind` tells, as `Consuming.behind` does, how many wait. */
  consuming(durable: string, behind: () => Promise<number>): void;
  settled(durable: string, settlement: Settlement): void;
}

const ignore = () => undefined;

/** For a bus that nobody measures. */
export const unobserved: BusObserver = {
  calling: () => ignore,
  repeating: ignore,
  breakerIs: ignore,
  serving: () => ignore,
  consuming: ignore,
  settled: ignore,
};
