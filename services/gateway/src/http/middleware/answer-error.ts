import { type ErrorCode, errorTable } from '@natter/contracts';
import type { Logger } from '@natter/platform';
import type { ErrorRequestHandler, Response } from 'express';
import { problemMediaType, problemOf, retryAfterOf, toNatterError } from '../problem.ts';

/** Answers whatever was thrown as a problem (RFC 9457). `challengesFor` gives the lines of `WWW-Authenticate`. */
export function createAnswerError(
  challengesFor: (code: ErrorCode) => string[],
  logger: Logger,
): ErrorRequestHandler {
  return (thrown: unknown, _request, response, next) => {
    const { requestId } = response.locals;
    // The server itself refused the rest of the request.
    if (response.writableEnded)
      return logger.debug({ requestId, err: thrown }, 'failed after it was answered');
    if (response.headersSent) return next(thrown);
    const error = toNatterError(thrown);
    if (error !== thrown) logger.error({ requestId, err: thrown }, 'could not answer');
    const { status } = errorTable[error.code];
    if (status === 401) response.set('WWW-Authenticate', challengesFor(error.code));
    const retryAfter = retryAfterOf(error);
    if (retryAfter !== undefined) response.set('Retry-After', `${retryAfter}`);
    // The rest of the body, which would have to come first, may never come.
    if (error.code === 'request_timeout') response.set('Connection', 'close');
    sendProblem(response.status(status), JSON.stringify(problemOf(error, requestId)));
  };
}

/** Past Express's own idea of the content type: JSON has no charset (RFC 8259). */
function sendProblem(response: Response, body: string): void {
  response.set('Content-Type', problemMediaType).send(Buffer.from(body));
}
