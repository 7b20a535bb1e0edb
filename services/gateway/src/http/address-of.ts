import type { Request, Response } from 'express';

/**
 * Where a request comes from, or a trusted proxy says that it does; undefined where the client went away before anybody
 * asked. Express works it out anew each time, and no longer knows when the connection is closed.
 */
export function addressOf(request: Request, { locals }: Response): string | undefined {
  locals.address ??= isPassedOn(request) ? request.ip : request.socket.remoteAddress;
  return locals.address;
}

/** Where it does not, it comes from where the connection does, whomever we trust. */
function isPassedOn({ headers }: Request): boolean {
  return headers['x-forwarded-for'] !== undefined;
}
