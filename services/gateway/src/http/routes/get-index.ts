import { z } from 'zod';
import { defineRoute, type Route } from '../define-route.ts';

const places = {
  api: '/api/v1',
  documentation: '/docs',
  openapi: '/openapi.json',
  asyncapi: '/asyncapi.json',
} as const;

const indexSchema = z.object({
  name: z.literal('natter'),
  api: z.string(),
  documentation: z.string(),
  openapi: z.string(),
  asyncapi: z.string(),
});

const index = { name: 'natter' as const, ...places };

/** Relations of RFC 8631, for whoever follows links rather than fields. */
const link = `<${places.documentation}>; rel="service-doc", <${places.openapi}>; rel="service-desc"`;

/** Where whoever knows only the address of the server finds the rest. */
export function getIndexRoute(): Route {
  return defineRoute({
    id: 'getIndex',
    method: 'get',
    path: '/',
    tag: 'server',
    summary: 'Where the API and its documentation are',
    access: 'open',
    answers: {
      200: {
        description: 'Their paths',
        schema: indexSchema,
        example: index,
        headers: { Link: 'The documentation and its description (RFC 8631)' },
      },
    },
    handle: () => ({ status: 200, body: index, headers: { Link: link } }),
  });
}
