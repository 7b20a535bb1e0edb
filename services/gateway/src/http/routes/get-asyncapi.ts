import { z } from 'zod';
import { defineRoute, type Route } from '../define-route.ts';

export function getAsyncApiRoute(document: { asyncapi: string }): Route {
  return defineRoute({
    id: 'getAsyncApi',
    method: 'get',
    path: '/asyncapi.json',
    tag: 'server',
    summary: 'The same for the WebSocket',
    access: 'open',
    answers: {
      200: {
        description: 'AsyncAPI 3',
        schema: z.looseObject({ asyncapi: z.string() }),
        example: { asyncapi: '3.0.0' },
      },
    },
    handle: () => ({ status: 200, body: document }),
  });
}
