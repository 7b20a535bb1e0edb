import { randomUUIDv7 } from 'node:crypto';
import type { Step } from '../receive.ts';

/** Every request has an id, the client's own where it is fit to be logged, and every answer tells it. */
export const assignRequestId: Step = (request, response) => {
  const given = request.get('X-Request-Id') ?? '';
  // Of many in one millisecond, unlike the ids of what is stored, nobody asks which came first.
  const id = /^[A-Za-z0-9._-]{1,128}$/.test(given) ? given : randomUUIDv7();
  response.locals.requestId = id;
  response.setHeader('X-Request-Id', id);
};
