import { randomUUID } from 'node:crypto';
import type { Request } from 'autocannon';

const content = 'a message as long as people write when they have something to say';

/** Keyed sends to several users in turn, each a message of its own. */
export function sendRequests(authorization: string, usernames: readonly string[]): Request {
  let sent = 0;
  return {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ content }),
    setupRequest: (request) => {
      sent += 1;
      const username = usernames[sent % usernames.length];
      return {
        ...request,
        path: `/api/v1/conversations/${username}/messages`,
        headers: { ...request.headers, 'idempotency-key': randomUUID() },
      };
    },
  };
}
