import { type ErrorCode, NatterError, type Operation, parseOrFail } from '@natter/contracts';
import type { ServiceMsg } from 'nats';
import type { BusLogger } from '../bus-logger.ts';
import type { BusObserver, RequestOutcome } from '../bus-observer.ts';
import { Deadline } from '../deadline.ts';
import { inServeSpan } from '../tracing/spans.ts';
import type { Bulkhead } from './bulkhead.ts';
import type { Handler } from './handler.ts';
import { type Envelope, readEnvelope, respondWithError } from './wire.ts';

/** Something that a handler needs is not there: surely nothing was done, or that is not known. */
export type Absence = 'nothing-done' | 'unknown';

interface ResponderOptions {
  inFlight: Bulkhead;
  absenceOf: (error: unknown) => Absence | undefined;
  logger: BusLogger;
  observer: BusObserver;
}

/** Gives every request exactly one answer, whatever its handler does. */
export class Responder {
  readonly #inFlight: Bulkhead;
  readonly #absenceOf: ResponderOptions['absenceOf'];
  readonly #logger: BusLogger;
  readonly #observer: BusObserver;

  constructor({ inFlight, absenceOf, logger, observer }: ResponderOptions) {
    this.#inFlight = inFlight;
    this.#absenceOf = absenceOf;
    this.#logger = logger;
    this.#observer = observer;
  }

  /** Never rejects. */
  async receive(handler: Handler, message: ServiceMsg): Promise<void> {
    const { operation } = handler;
    const ended = this.#observer.serving(operation);
    ended(await inServeSpan(operation, message.headers, () => this.#answer(handler, message)));
  }

  async #answer({ operation, handle }: Handler, message: ServiceMsg): Promise<RequestOutcome> {
    const envelope = readEnvelope(message.headers);
    const refuse = (error: unknown) => this.#refuse(error, message, operation, envelope);
    try {
      return await this.#inFlight.run(async () => {
        try {
          message.respond(await answer(operation, handle, message, envelope));
          return 'ok';
        } catch (error) {
          return refuse(error);
        }
      });
    } catch (overloaded) {
      return refuse(overloaded);
    }
  }

  #refuse(thrown: unknown, message: ServiceMsg, operation: Operation, envelope: Envelope): ErrorCode {
    const about = { operation: operation.name, requestId: envelope.requestId, caller: envelope.caller };
    const error = this.#presentable(thrown, operation, about);
    try {
      respondWithError(message, error);
    } catch (cause) {
      this.#logger.error({ err: cause, ...about }, 'could not answer');
    }
    return error.code;
  }

  #presentable(error: unknown, operation: Operation, about: object): NatterError {
    if (error instanceof NatterError) return error;
    const absence = this.#absenceOf(error);
    if (absence !== undefined) return absenceError(absence, operation, error);
    this.#logger.error({ err: error, ...about }, 'handler failed');
    return new NatterError('internal');
  }
}

function absenceError(absence: Absence, { effect }: Operation, cause: unknown): NatterError {
  if (absence === 'unknown' && effect === 'write') return new NatterError('outcome_unknown', { cause });
  return new NatterError('service_unavailable', { retryAfter: 1, cause });
}

/**
 * The answer is put through the operation's schema here, where it could leak what the schema doesn't name,
 * and not again at the caller: a service may answer more than an older caller knows, and checking twice costs
 * twice.
 */
async function answer(
  operation: Operation,
  handle: Handler['handle'],
  message: ServiceMsg,
  { requestId, remainingMs, address }: Envelope,
): Promise<string> {
  const deadline = Deadline.in(Math.min(remainingMs, operation.timeoutMs));
  if (deadline.expired) throw new NatterError('service_unavailable', { retryAfter: 1 });
  const request = parseOrFail(operation.request, bodyOf(message));
  const response = await handle(request, { requestId, deadline, address });
  return JSON.stringify(operation.response.parse(response));
}

function bodyOf(message: ServiceMsg): unknown {
  try {
    return message.json();
  } catch (cause) {
    throw new NatterError('malformed_json', { cause });
  }
}
