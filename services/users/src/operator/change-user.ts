import { type Bus, Deadline } from '@natter/bus';
import { NatterError, type Operation, type RequestOf } from '@natter/contracts';
import { OperatorError } from '@natter/platform';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import { refusedFields } from './refused-fields.ts';

/** No longer than a person waits. */
const withinMs = 10_000;

/**
 * Asks the users service to change the account of a username.
 *
 * @returns false when there is no such account.
 * @throws {OperatorError} naming every fault of what was given, or that it is not known whether it was done.
 */
export async function changeUser<O extends Operation<z.ZodObject>>(
  bus: Bus,
  operation: O,
  request: RequestOf<O> & { username: string },
): Promise<boolean> {
  const parsed = operation.request.safeParse(request);
  if (!parsed.success) throw refusedFields(parsed.error);
  try {
    await bus.call(operation, request, { requestId: uuidv7(), deadline: Deadline.in(withinMs) });
    return true;
  } catch (error) {
    if (!(error instanceof NatterError)) throw error;
    if (error.code === 'user_not_found') return false;
    if (error.code === 'validation_failed') throw refusedFields(error);
    if (error.code !== 'outcome_unknown') throw error;
    throw new OperatorError('It is not known whether it was done: do it again, which does no harm.', {
      cause: error,
    });
  }
}
