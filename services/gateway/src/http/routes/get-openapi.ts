import { z } from 'zod';
import { defineRoute, type Route } from '../define-route.ts';

export function getOpenApiRoute(document: () => { openapi: string }): Route {
  return defineRoute({
    id: 'getOpenApi',
    method: 'get',
    path: '/openapi.json',
    tag: 'server',
    summary: 'This document',
    access: 'open',
    answers: {
      200: {
        description: 'OpenAPI 3.1',
        schema: z.looseObject({ openapi: z.string() }),
        example: { openapi: '3.1.0' },
      },
    },
    handle: () => ({ status: 200, body: document() }),
  });
}
