import { Deadline } from '@natter/bus';
import { NatterError, type Operation, type RequestOf, type ResponseOf } from '@natter/contracts';
import { type OperatorContext, OperatorError } from '@natter/platform';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import { withBus } from './with-bus.ts';

/** No longer than a person waits. */
const withinMs = 10_000;

/**
 * Asks the messaging service something about webhooks.
 *
 * @throws {OperatorError} naming every fault of what was given; that it is not known whether it was done; or, with exit
 *   code 1, that what it is about is not there.
 */
export async function askMessaging<O extends Operation<z.ZodObject>>(
  context: Pick<OperatorContext, 'environment'>,
  operation: O,
  request: RequestOf<O>,
): Promise<ResponseOf<O>> {
  const parsed = operation.request.safeParse(request);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new OperatorError(faults.join('\n'));
  }
  try {
    const call = { requestId: uuidv7(), deadline: Deadline.in(withinMs) };
    return await withBus(context, (bus) => bus.call(operation, request, call));
  } catch (error) {
    throw error instanceof NatterError ? forTheOperator(error) : error;
  }
}

function forTheOperator(cause: NatterError): Error {
  if (['not_found', 'conversation_not_found'].includes(cause.code))
    return new OperatorError(cause.message, { cause, exitCode: 1 });
  if (cause.code !== 'outcome_unknown') return cause;
  return new OperatorError('It is not known whether it was done: "webhooks list" tells.', { cause });
}
