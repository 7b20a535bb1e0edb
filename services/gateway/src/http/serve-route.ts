import { Deadline } from '@natter/bus';
import type { RequestHandler, Response } from 'express';
import type { Authenticate } from '../auth/authenticate.ts';
import { limitOf } from '../limits/limit-of-route.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import { addressOf } from './address-of.ts';
import { becomeStream } from './answered.ts';
import type { Route, StreamReply } from './define-route.ts';
import { inputReader } from './input/input-reader.ts';
import { sendJson } from './send-json.ts';

/** Milliseconds. Every request is answered within 5 s. */
export const answerWithinMs = 4_900;

export interface Gate {
  authenticate: Authenticate;
  /** Undefined where nothing is limited. */
  limits: RateLimits | undefined;
}

/** Turns a route into what Express runs: who asks, what is asked, the answer. */
export function serveRoute(route: Route, { authenticate, limits }: Gate): RequestHandler {
  const readInput = inputReader(route);
  return async (request, response) => {
    response.locals.route = route.path;
    const context = {
      requestId: response.locals.requestId,
      deadline: Deadline.in(answerWithinMs),
      address: addressOf(request, response),
    };
    const caller =
      route.access === 'user' ? await authenticate(request.get('Authorization'), context, route) : undefined;
    response.locals.userId = caller?.id;
    const policy = limitOf(route);
    if (caller && policy) limits?.take(policy, caller.id, response);
    const input = await readInput(request, context);
    const { status, headers, body, stream } = await route.handle({ caller, context, ...input });
    response.statusCode = status;
    for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
    if (stream) serveStream(response, stream);
    else sendJson(request, response, body);
  };
}

function serveStream(response: Response, stream: StreamReply): void {
  // Past Express, which would add a charset.
  response.setHeader('Content-Type', stream.mediaType);
  response.locals.stream = true;
  becomeStream(response);
  stream.begin(response);
}
