import type { RequestHandler } from 'express';
import type { Route } from '../define-route.ts';

/** Runs the middleware for all requests but those to routes that are never refused for being too much. */
export function exceptFor(routes: readonly Route[], middleware: RequestHandler): RequestHandler {
  const paths = new Set(routes.filter(({ unlimited }) => unlimited).map(({ path }) => path));
  return (request, response, next) => {
    if (paths.has(request.path.replace(/\/$/, ''))) next();
    else middleware(request, response, next);
  };
}
