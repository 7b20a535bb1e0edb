import type { ResponseConfig } from '@asteasolutions/zod-to-openapi';
import { type ErrorCode, errorTable, NatterError } from '@natter/contracts';
import { problemMediaType, problemOf, problemSchema } from '../problem.ts';

/** The error answers of a route by status, with an example of each code. */
export function errorResponses(codes: Iterable<ErrorCode>): Record<number, ResponseConfig> {
  const byStatus = Map.groupBy(codes, (code) => errorTable[code].status);
  return Object.fromEntries([...byStatus].map(([status, group]) => [status, errorResponse(status, group)]));
}

function errorResponse(status: number, codes: readonly ErrorCode[]): ResponseConfig {
  const lines = codes.map((code) => `\`${code}\`: ${errorTable[code].title}`);
  const examples = codes.map((code) => [code, { value: problemOf(new NatterError(code), exampleRequestId) }]);
  return {
    description: lines.join('. '),
    ...(headersOf[status] && { headers: headersOf[status] }),
    content: { [problemMediaType]: { schema: problemSchema, examples: Object.fromEntries(examples) } },
  };
}

const exampleRequestId = '01941f29-7c00-7000-8000-000000000000';

const header = (name: string, description: string) => ({
  [name]: { description, schema: { type: 'string' as const } },
});

const headersOf: Record<number, ReturnType<typeof header>> = {
  401: header('WWW-Authenticate', 'The schemes that are understood'),
  429: {
    ...header('Retry-After', 'Seconds'),
    ...header('RateLimit-Policy', 'Where a quota is used up: which, and how large it is'),
    ...header('RateLimit', 'Where a quota is used up: what is left, and when it is whole again'),
  },
  503: header('Retry-After', 'Seconds'),
};
