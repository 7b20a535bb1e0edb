import { type ServerResponse, STATUS_CODES } from 'node:http';
import { type ErrorCode, NatterError } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';
import { problemMediaType, problemOf } from './problem.ts';

/** What Node gives for what it could not read. */
export interface UnreadRequestError extends NodeJS.ErrnoException {
  /** As much as had come. */
  rawPacket?: Buffer;
}

const codeByParserError: Record<string, ErrorCode> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
};

/** A request line (RFC 9112, 3) with whatever method. */
const requestLine = /^[\w!#$%&'*+.^`|~-]+ [^\s]+ HTTP\/1\.[01]\r\n/;

/** How a request begins whose answer has no body (RFC 9110, 9.3.2). */
const head = Buffer.from('HEAD ');

/** Of all resources together: nothing is known of which it was. */
const methods = 'GET, HEAD, POST, PUT, PATCH, DELETE';

/** The whole answer to what Node could not read as a request; it closes the connection. */
export function rawAnswerTo(error: UnreadRequestError): string {
  const answer = rawAnswerOf(codeOf(error));
  const isHead = error.rawPacket?.subarray(0, 5).equals(head) ?? false;
  return isHead ? answer.slice(0, answer.indexOf('\r\n\r\n') + 4) : answer;
}

/** The whole answer where there is no response to give it by; it closes the connection. */
export function rawAnswerOf(code: ErrorCode): string {
  const { status, headers, body } = refusalOf(code, uuidv7());
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n');
}

/** Answers a request whose body Node could not read to its end, and closes the connection. */
export function refuseBody(response: ServerResponse, error: UnreadRequestError): void {
  const requestId = String(response.getHeader('X-Request-Id') ?? uuidv7());
  const { status, headers, body } = refusalOf(codeOf(error), requestId);
  // Who waits for the rest of the body is told that it won't come.
  response.once('close', () => response.req.destroy());
  response.writeHead(status, headers).end(body);
}

function codeOf({ code = '', rawPacket }: UnreadRequestError): ErrorCode {
  if (code === 'HPE_INVALID_METHOD' && requestLine.test(String(rawPacket))) return 'method_not_allowed';
  return codeByParserError[code] ?? 'validation_failed';
}

function refusalOf(code: ErrorCode, requestId: string) {
  const problem = problemOf(new NatterError(code), requestId);
  const body = JSON.stringify(problem);
  const headers = {
    'Content-Type': problemMediaType,
    'Content-Length': Buffer.byteLength(body),
    'X-Request-Id': requestId,
    ...(code === 'method_not_allowed' && { Allow: methods }),
    Connection: 'close',
  };
  return { status: problem.status, headers, body };
}
