import type { Request } from 'express';
import type { Step } from '../receive.ts';

/** Seconds for which a browser need not ask again. */
const maxAge = 600;

const preflightHeaders = {
  'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'Access-Control-Allow-Headers':
    'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, X-Request-Id',
  'Access-Control-Max-Age': `${maxAge}`,
};

/** Of what isn't always readable, all that a client is to heed. */
const exposedHeaders =
  'ETag, Idempotent-Replayed, Location, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-Id';

/**
 * Lets web pages of these origins, and of no others, read what is answered (CORS, in the Fetch standard). Without
 * cookies: nothing here has any. For all others it is as if there were no such thing.
 */
export function shareWithOrigins(allowed: ReadonlySet<string>): Step {
  return (request, response) => {
    const origin = request.get('Origin') ?? '';
    if (allowed.size > 0) response.vary('Origin');
    if (!allowed.has(origin)) return;
    response.set('Access-Control-Allow-Origin', origin);
    if (isPreflight(request)) response.status(204).set(preflightHeaders).end();
    else response.set('Access-Control-Expose-Headers', exposedHeaders);
  };
}

function isPreflight(request: Request): boolean {
  return request.method === 'OPTIONS' && request.get('Access-Control-Request-Method') !== undefined;
}
