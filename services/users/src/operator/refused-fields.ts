import type { NatterError } from '@natter/contracts';
import { OperatorError } from '@natter/platform';
import type { z } from 'zod';

/** What is wrong with what the operator typed, a line for each field. */
export function refusedFields(error: z.ZodError | NatterError): OperatorError {
  return new OperatorError(linesOf(error).join('\n'), { cause: error });
}

function linesOf(error: z.ZodError | NatterError): string[] {
  if ('issues' in error) return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  return error.faults?.map(({ pointer, message }) => `${pointer.slice(1)}: ${message}`) ?? [error.message];
}
