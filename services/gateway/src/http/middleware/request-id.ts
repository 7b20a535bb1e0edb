import type { RequestHandler } from 'express';
import { uuidv7 } from 'uuidv7';

/** Every request has an id, the client's own where it is fit to be logged, and every answer tells it. */
export const assignRequestId: RequestHandler = (request, response, next) => {
  const given = request.get('X-Request-Id') ?? '';
  const id = /^[A-Za-z0-9._-]{1,128}$/.test(given) ? given : uuidv7();
  response.locals.requestId = id;
  response.set('X-Request-Id', id);
  next();
};
