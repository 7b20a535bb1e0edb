import { NatterError } from '@natter/contracts';
import type { RequestHandler } from 'express';

/** For a path that exists, but not with that method (RFC 9110, 15.5.6). */
export function refuseMethod(methods: readonly string[]): RequestHandler {
  const allowed = methods.flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
  return (_request, response) => {
    response.set('Allow', allowed.join(', '));
    throw new NatterError('method_not_allowed');
  };
}
