import type { Route } from '../define-route.ts';
import type { Step } from '../receive.ts';

/** Takes the step for all requests but those to routes that are never refused for being too much. */
export function exceptFor(routes: readonly Route[], step: Step): Step {
  const paths = new Set(routes.filter(({ unlimited }) => unlimited).map(({ path }) => path));
  return (request, response, whenAnswered) => {
    if (!paths.has(request.path.replace(/\/$/, ''))) step(request, response, whenAnswered);
  };
}
