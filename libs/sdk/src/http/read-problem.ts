import type { ErrorCode, FieldFault } from '../contract-types.ts';
import { NatterClientError } from '../natter-client-error.ts';

interface Problem {
  code: ErrorCode;
  detail: string;
  requestId: string;
  retryable: boolean;
  errors?: FieldFault[];
}

/** The error that an answer which is no success stands for. */
export async function readProblem(response: Response): Promise<NatterClientError> {
  const { status } = response;
  const retryAfterMs = retryAfterOf(response);
  const problem = parseProblem(await response.text().catch(() => ''));
  if (problem === undefined) return unreadableAnswer(status, retryAfterMs);
  const { code, detail: message, requestId, retryable, errors: faults } = problem;
  return new NatterClientError({ code, message, retryable, status, requestId, retryAfterMs, faults });
}

/** What a proxy answers while Natter is away is its own affair. */
export function unreadableAnswer(status: number, retryAfterMs?: number, cause?: unknown): NatterClientError {
  const message = `An answer that Natter does not give, with status ${status}`;
  const retryable = status === 429 || status >= 500;
  return new NatterClientError({
    code: 'unreadable_answer',
    message,
    retryable,
    status,
    retryAfterMs,
    cause,
  });
}

function parseProblem(text: string): Problem | undefined {
  try {
    const problem = JSON.parse(text) as Partial<Problem> | null;
    return typeof problem?.code === 'string' && typeof problem.detail === 'string'
      ? (problem as Problem)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Natter gives seconds; a date, which others may give, says nothing to a clock that is off. */
function retryAfterOf({ headers }: Response): number | undefined {
  const value = headers.get('retry-after') ?? '';
  return /^\d{1,6}$/.test(value) ? Number(value) * 1_000 : undefined;
}
