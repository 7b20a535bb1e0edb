import type { ServiceName } from '@natter/contracts';
import CircuitBreaker from 'opossum';
import type { BusLogger } from '../bus-logger.ts';
import type { BusObserver } from '../bus-observer.ts';
import { isTimeout } from '../connection/nats-error.ts';
import type { Reply } from './wire.ts';

/** The service was silent too often; it isn't asked again for a while. */
export class BreakerOpenError extends Error {
  override readonly name = 'BreakerOpenError';
  /** Seconds. */
  readonly retryAfter: number;

  constructor(retryAfter: number, cause: unknown) {
    super('the breaker is open', { cause });
    this.retryAfter = retryAfter;
  }
}

export interface Breaker {
  /** Rejects with `BreakerOpenError`, or with what the attempt rejected with. */
  run(attempt: () => Promise<Reply>): Promise<Reply>;
  /** Ends the breaker's timers. */
  stop(): void;
}

/**
 * Opens for 2 to 5 s when, of at least 20 attempts in 10 s, more than half met silence, because only silence
 * costs a caller its deadline.
 *
 * Whatever the service answers closes it: `overloaded` is a service that sheds load as it should, `internal`
 * one operation's defect, `service_unavailable` often what lies behind a single operation, and none of them
 * may cut off the others. No responders and a broker that is away are known within a millisecond: a breaker
 * would only make the outage longer than it is.
 */
export function createBreaker(
  service: ServiceName,
  { logger, observer }: { logger: BusLogger; observer: BusObserver },
): Breaker {
  const resetTimeout = 2_000 + Math.random() * 3_000;
  const circuit = new CircuitBreaker((attempt: () => Promise<Reply>) => attempt(), {
    name: service,
    timeout: false,
    resetTimeout,
    volumeThreshold: 20,
    errorThresholdPercentage: 50,
    rollingCountTimeout: 10_000,
    rollingPercentilesEnabled: false,
    enableSnapshots: false,
    errorFilter: (error: unknown) => !isTimeout(error),
  });
  observer.breakerIs(service, 'closed');
  circuit.on('halfOpen', () => observer.breakerIs(service, 'half-open'));
  circuit.on('open', () => {
    observer.breakerIs(service, 'open');
    logger.warn({ service }, 'breaker opened: the service does not answer');
  });
  circuit.on('close', () => {
    observer.breakerIs(service, 'closed');
    logger.info({ service }, 'breaker closed: the service answers');
  });

  return {
    run: (attempt) =>
      circuit.fire(attempt).catch((error: unknown) => {
        throw isRejection(error) ? new BreakerOpenError(Math.ceil(resetTimeout / 1_000), error) : error;
      }),
    stop: () => circuit.shutdown(),
  };
}

function isRejection(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EOPENBREAKER';
}
