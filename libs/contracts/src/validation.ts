import type { z } from 'zod';
import { type FieldFault, NatterError } from './errors.ts';

/** Parses `input`, or throws `validation_failed` naming every fault by JSON pointer (RFC 6901). */
export function parseOrFail<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new NatterError('validation_failed', { faults: faultsOf(result.error) });
}

function faultsOf(error: z.ZodError): FieldFault[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code !== 'unrecognized_keys') return [{ pointer: pointerOf(path), message: issue.message }];
    return issue.keys.map((key) => ({ pointer: pointerOf([...path, key]), message: 'Unknown field' }));
  });
}

function pointerOf(path: readonly string[]): string {
  return path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
