import { NatterError, type Operation } from '@natter/contracts';
import { isNotRun, isUnavailable } from '@natter/mongo';

/** What an absent database means to the caller; any other error is given back as it is. */
export function translateError(error: unknown, operation: Operation): unknown {
  if (!isUnavailable(error)) return error;
  if (operation.effect === 'write' && !isNotRun(error)) {
    return new NatterError('outcome_unknown', { cause: error });
  }
  return new NatterError('service_unavailable', { retryAfter: 1, cause: error });
}
