import type { Logger } from '@natter/platform';
import type { Request, Response } from 'express';
import { addressOf } from '../address-of.ts';
import type { Step } from '../receive.ts';

/** A line for each request. No headers, no query and no body: they hold credentials and what people write. */
export function createAccessLog(logger: Logger): Step {
  return (request, response) => {
    const began = performance.now();
    response.once('close', () => {
      const durationMs = Math.round(performance.now() - began);
      logger[levelOf(response)](lineOf(request, response, durationMs), messageOf(response));
    });
  };
}

function lineOf(request: Request, response: Response, durationMs: number): object {
  const { requestId, route, userId } = response.locals;
  const [path] = request.originalUrl.split('?', 1);
  return {
    requestId,
    method: request.method,
    path,
    route,
    status: response.statusCode,
    address: addressOf(request, response),
    userId,
    durationMs,
  };
}

function messageOf(response: Response): string {
  if (response.statusCode === 101) return 'became a WebSocket';
  if (response.locals.stream) return 'the stream ended';
  return response.writableFinished ? 'answered' : 'the client went away';
}

/** Probes come every few seconds. */
function levelOf({ statusCode, locals }: Response): 'debug' | 'info' | 'warn' {
  if (locals.route === '/livez' || locals.route === '/readyz') return 'debug';
  return statusCode >= 500 ? 'warn' : 'info';
}
