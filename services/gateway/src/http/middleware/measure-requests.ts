import type { Request, Response } from 'express';
import type { AnsweredRequest, HttpMetrics } from '../http-metrics.ts';
import type { Step } from '../receive.ts';

/** A client may send any method and any path: what no route of ours is gets one name, or there would be no end of them. */
const other = 'other';

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

export function measureRequests(metrics: HttpMetrics): Step {
  return (request, response, whenAnswered) => {
    const ended = metrics.answering();
    whenAnswered(() => ended(labelsOf(request, response)));
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
