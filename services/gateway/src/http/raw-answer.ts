import { type ServerResponse, STATUS_CODES } from 'node:http';
import { type ErrorCode, NatterError } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';
import { problemMediaType, problemOf } from './problem.ts';

const codeByParserError: Record<string, ErrorCode> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
};

/** The whole answer to what Node could not read as a request; it closes the connection. */
export function rawAnswerTo(error: NodeJS.ErrnoException): string {
  const { status, headers, body } = refusalOf(error, uuidv7());
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n');
}

/** Answers a request whose body Node could not read to its end, and closes the connection. */
export function refuseBody(response: ServerResponse, error: NodeJS.ErrnoException): void {
  const requestId = String(response.getHeader('X-Request-Id') ?? uuidv7());
  const { status, headers, body } = refusalOf(error, requestId);
  // Who waits for the rest of the body is told that it won't come.
  response.once('close', () => response.req.destroy());
  response.writeHead(status, headers).end(body);
}

function refusalOf(error: NodeJS.ErrnoException, requestId: string) {
  const code = codeByParserError[error.code ?? ''] ?? 'validation_failed';
  const problem = problemOf(new NatterError(code), requestId);
  const body = JSON.stringify(problem);
  const headers = {
    'Content-Type': problemMediaType,
    'Content-Length': Buffer.byteLength(body),
    'X-Request-Id': requestId,
    Connection: 'close',
  };
  return { status: problem.status, headers, body };
}
