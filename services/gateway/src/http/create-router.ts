import { type RequestHandler, Router } from 'express';
import type { Route } from './define-route.ts';
import { refuseMethod } from './middleware/refuse-method.ts';

/** A router for routes in the order in which they are to be tried; a path is known by all the methods it has. */
export function createRouter(routes: readonly Route[], serve: (route: Route) => RequestHandler): Router {
  const router = Router({ caseSensitive: true });
  for (const [path, group] of Map.groupBy(routes, (route) => route.path)) {
    const place = router.route(path.replaceAll(/\{(\w+)\}/g, ':$1'));
    for (const route of group) place[route.method](serve(route));
    place.all(refuseMethod(group.map((route) => route.method)));
  }
  return router;
}
