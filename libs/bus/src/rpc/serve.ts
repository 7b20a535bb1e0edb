import type { ServiceName } from '@natter/contracts';
import type { BusLogger } from '../bus-logger.ts';
import type { BusObserver } from '../bus-observer.ts';
import type { Connection } from '../connection/connection.ts';
import { settlesWithin } from '../settles-within.ts';
import { instanceSubject, mayBeAnswered, operationSubject } from '../subject.ts';
import { Bulkhead } from './bulkhead.ts';
import type { Handler } from './handler.ts';
import { announce } from './presence.ts';
import { type Absence, Responder } from './responder.ts';

export interface ServeOptions {
  service: ServiceName;
  /** Of the service's program, as semver; shown by NATS's service discovery. */
  version: string;
  /** Handlers that may run at once; requests beyond are answered with `overloaded`. */
  maxInFlight: number;
  /** Told of whatever a handler threw that is no `NatterError`; what this does not know is answered as `internal`. */
  absenceOf?: (error: unknown) => Absence | undefined;
}

export interface Surroundings {
  connection: Connection;
  prefix: string;
  logger: BusLogger;
  observer: BusObserver;
}

/** Operations being served. */
export interface Serving {
  /** How many requests are being handled. */
  readonly inFlight: number;
  /** Says that it leaves and drains the subscriptions, then waits for the handlers in flight and until their answers are sent. */
  stop(): Promise<void>;
}

/** Milliseconds. A broker that is away or frozen doesn't hold up the end. */
const drainWithinMs = 2_000;

/**
 * Serves on the queue group of the service, and what has an affinity also by the name of this instance, as one service of
 * NATS's own framework (discovery and statistics by `nats micro`). The framework doesn't wait for asynchronous handlers,
 * neither to answer what they throw nor when it drains; `Responder` and the bulkhead do.
 */
export async function serve(
  handlers: readonly Handler[],
  options: ServeOptions,
  { connection, prefix, logger, observer }: Surroundings,
): Promise<Serving> {
  const { service: name, version, maxInFlight, absenceOf = () => undefined } = options;
  const inFlight = new Bulkhead(maxInFlight);
  const responder = new Responder({ inFlight, absenceOf, logger, observer });
  const service = await connection.nats.services.add({ name, version, queue: name });
  const { id: instance } = service.info();
  const serveOn = (endpoint: string, subject: string, handler: Handler) =>
    service.addEndpoint(endpoint, {
      subject,
      handler: (error, message) => {
        if (error === null && mayBeAnswered(message.reply)) void responder.receive(handler, message);
      },
    });
  const preferred = handlers.filter(({ operation }) => operation.affinity !== undefined);
  for (const handler of handlers) {
    serveOn(handler.operation.name, operationSubject(prefix, handler.operation), handler);
  }
  for (const handler of preferred) {
    serveOn(`${handler.operation.name}-at`, instanceSubject(prefix, handler.operation, instance), handler);
  }
  void service.stopped.then((error) => {
    if (error) logger.error({ err: error, service: name }, 'NATS ended a subscription: no longer serving');
  });
  await connection.flush();
  const presence =
    preferred.length > 0 ? announce(connection, { prefix, service: name, instance }) : undefined;

  return {
    get inFlight() {
      return inFlight.inFlight;
    },
    async stop() {
      presence?.leave();
      await settlesWithin(drainWithinMs, service.stop());
      await inFlight.idle();
      await connection.flush();
    },
  };
}
