import type { Logger } from '@natter/platform';
import type { Request, RequestHandler, Response } from 'express';
import { pinoHttp } from 'pino-http';

/** A line for each request. No headers, no query and no body: they hold credentials and what people write. */
export function createAccessLog(logger: Logger): RequestHandler {
  return pinoHttp<Request, Response>({
    logger,
    quietReqLogger: true,
    quietResLogger: true,
    customAttributeKeys: { reqId: 'requestId' },
    wrapSerializers: false,
    // It would be written out for a logger that nobody uses.
    serializers: { req: () => undefined },
    customLogLevel: (_request, response) => levelOf(response),
    customSuccessObject: lineOf,
    customErrorObject: (request, response, _error, value) => lineOf(request, response, value),
    customSuccessMessage: messageOf,
    customErrorMessage: messageOf,
  });
}

function lineOf(request: Request, response: Response, { responseTime }: { responseTime: number }): object {
  const { route, userId } = response.locals;
  const [path] = request.originalUrl.split('?', 1);
  return {
    method: request.method,
    path,
    route,
    status: response.statusCode,
    durationMs: responseTime,
    address: request.ip,
    userId,
  };
}

function messageOf(_request: Request, response: Response): string {
  if (response.statusCode === 101) return 'became a WebSocket';
  if (response.locals.stream) return 'the stream ended';
  return response.writableFinished ? 'answered' : 'the client went away';
}

/** Probes come every few seconds. */
function levelOf({ statusCode, locals }: Response): 'debug' | 'info' | 'warn' {
  if (locals.route === '/livez' || locals.route === '/readyz') return 'debug';
  return statusCode >= 500 ? 'warn' : 'info';
}
