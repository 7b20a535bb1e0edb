import type { Route } from '../http/define-route.ts';
import type { PolicyName } from './rate-limits.ts';

/**
 * Under which policy of a user a route counts: what it says itself, else reading and changing. None where it counts for
 * the address alone: what ends the sessions of a thief must not be held up by what the thief uses up.
 */
export function limitOf({ limit, method }: Pick<Route, 'limit' | 'method'>): PolicyName | undefined {
  if (limit === 'address') return undefined;
  return limit ?? (method === 'get' ? 'read' : 'send');
}
