import { type ErrorCode, errorTable, NatterError } from '@natter/contracts';
import { z } from 'zod';

export const problemMediaType = 'application/problem+json';

/** A body can hold thousands of faults; nobody reads further. */
const maxFaults = 50;

const problemTypeOf = (code: ErrorCode): string => `urn:natter:error:${code}`;

/** RFC 9457, with what clients branch on: `code`. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]]),
  requestId: z
    .string()
    .meta({ description: 'The same as in `X-Request-Id`; tell it when you report a problem' }),
  retryable: z.boolean().meta({ description: 'Whether the same request may succeed later' }),
  errors: z
    .array(z.object({ pointer: z.string(), message: z.string() }))
    .optional()
    .meta({ description: 'With `validation_failed`: JSON pointers into the body, or names of parameters' }),
});

type Problem = z.infer<typeof problemSchema>;

export function problemOf(error: NatterError, requestId: string): Problem {
  const { status, title, retryable } = errorTable[error.code];
  return {
    type: problemTypeOf(error.code),
    title,
    status,
    detail: tells(error) ? error.message : title,
    code: error.code,
    requestId,
    retryable,
    ...(error.faults && { errors: error.faults.slice(0, maxFaults) }),
  };
}

/** Seconds, where who refused did not say. */
const defaultRetryAfter = 1;

/** After how many seconds the same may succeed; undefined where waiting is of no use. */
export function retryAfterOf({ code, retryAfter = defaultRetryAfter }: NatterError): number | undefined {
  const { status } = errorTable[code];
  return status === 429 || status === 503 ? Math.max(1, Math.ceil(retryAfter)) : undefined;
}

/** Hidden things are absent things, and why a log-in failed or what broke inside is nobody's business. */
function tells({ code }: NatterError): boolean {
  return ![401, 404, 500].includes(errorTable[code].status);
}

/** What isn't an error of the table is a defect of ours. */
export function toNatterError(error: unknown): NatterError {
  return error instanceof NatterError ? error : new NatterError('internal', { cause: error });
}
