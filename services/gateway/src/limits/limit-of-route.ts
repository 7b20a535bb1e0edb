import type { Route } from '../http/define-route.ts';
import type { PolicyName } from './rate-limits.ts';

/** Under which policy of a user a route counts: what it says itself, else reading and changing. */
export function limitOf({ limit, method }: Pick<Route, 'limit' | 'method'>): PolicyName {
  return limit ?? (method === 'get' ? 'read' : 'send');
}
