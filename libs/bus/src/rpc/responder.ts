import { NatterError, type Operation, parseOrFail } from '@natter/contracts';
import type { ServiceMsg } from 'nats';
import type { BusLogger } from '../bus-logger.ts';
import { Deadline } from '../deadline.ts';
import type { Bulkhead } from './bulkhead.ts';
import type { Handler } from './handler.ts';
import { type Envelope, readEnvelope, respondWithError } from './wire.ts';

/** Something that a handler needs is not there: surely nothing was done, or that is not known. */
export type Absence = 'nothing-done' | 'unknown';

interface ResponderOptions {
  inFlight: Bulkhead;
  absenceOf: (error: unknown) => Absence | undefined;
  logger: BusLogger;
}

/** Gives every request exactly one answer, whatever its handler does. */
export class Responder {
  readonly #inFlight: Bulkhead;
  readonly #absenceOf: ResponderOptions['absenceOf'];
  readonly #logger: BusLogger;

  constructor({ inFlight, absenceOf, logger }: ResponderOptions) {
    this.#inFlight = inFlight;
    this.#absenceOf = absenceOf;
    this.#logger = logger;
  }

  /** Never rejects. */
  async receive({ operation, handle }: Handler, message: ServiceMsg): Promise<void> {
    const envelope = readEnvelope(message.headers);
    const refuse = (error: unknown) => this.#refuse(error, message, operation, envelope);
    try {
      await this.#inFlight.run(async () => {
        try {
          message.respond(await answer(operation, handle, message, envelope));
        } catch (error) {
          refuse(error);
        }
      });
    } catch (overloaded) {
      refuse(overloaded);
    }
  }

  #refuse(error: unknown, message: ServiceMsg, operation: Operation, envelope: Envelope): void {
    const about = { operation: operation.name, requestId: envelope.requestId, caller: envelope.caller };
    try {
      respondWithError(message, this.#presentable(error, operation, about));
    } catch (cause) {
      this.#logger.error({ err: cause, ...about }, 'could not answer');
    }
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
  { requestId, remainingMs }: Envelope,
): Promise<string> {
  const deadline = Deadline.in(Math.min(remainingMs, operation.timeoutMs));
  if (deadline.expired) throw new NatterError('service_unavailable', { retryAfter: 1 });
  const request = parseOrFail(operation.request, bodyOf(message));
  const response = await handle(request, { requestId, deadline });
  return JSON.stringify(operation.response.parse(response));
}

function bodyOf(message: ServiceMsg): unknown {
  try {
    return message.json();
  } catch (cause) {
    throw new NatterError('malformed_json', { cause });
  }
}
