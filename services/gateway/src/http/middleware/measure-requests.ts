import type { Request, RequestHandler, Response } from 'express';
import { onceAnswered } from '../answered.ts';
import type { AnsweredRequest, HttpMetrics } from '../http-metrics.ts';

/** A client may send any method and any path: what no route of ours is gets one name, or there would be no end of them. */
const other = 'other';

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

export function measureRequests(metrics: HttpMetrics): RequestHandler {
  return (request, response, next) => {
    const ended = metrics.answering();
    onceAnswered(response, () => ended(labelsOf(request, response)));
    next();
  };
}

function labelsOf({ method }: Request, response: Response): AnsweredRequest {
  return {
    method: methods.has(method) ? method : other,
    route: response.locals.route ?? other,
    // The client went away before it had all of it; of a stream nobody has all.
    status: response.writableFinished || response.locals.stream ? String(response.statusCode) : 'aborted',
  };
}
