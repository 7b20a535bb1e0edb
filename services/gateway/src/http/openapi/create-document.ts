import { OpenAPIRegistry, OpenApiGeneratorV31, type ResponseConfig } from '@asteasolutions/zod-to-openapi';
import type { Answer, Route } from '../define-route.ts';
import { mayBeAbsent } from '../input/may-be-absent.ts';
import { maxJsonDepth, maxJsonNames } from '../input/parse-json.ts';
import { codesOf } from '../route-errors.ts';
import { nameComponents } from './components.ts';
import { errorResponses } from './error-responses.ts';

export interface DocumentOptions {
  version: string;
  /** Whether HTTP Basic is understood. */
  basic: boolean;
}

/** The OpenAPI 3.1 document of these routes, whose paths are the whole ones. */
export function createDocument(routes: readonly Route[], { version, basic }: DocumentOptions) {
  nameComponents();
  const registry = new OpenAPIRegistry();
  const schemes = registerSchemes(registry, basic);
  for (const route of routes) register(registry, route, schemes);
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Natter',
      version,
      description: [
        'Errors are problems (RFC 9457); branch on `code`. Every answer has an `X-Request-Id`.',
        '`/api` without a version is the same as `/api/v1`, and a trailing slash changes nothing.',
        'Answers say in `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10) what quota the request counted for: `send` for whatever changes something, `read`, `conversation` for new groups, by user; `address` for all that comes from one address; `r` is what is left, and in `t` seconds it is whole again. After a 429 or 503 wait for the seconds of `Retry-After`.',
        'Bodies are `application/json` in UTF-8: of charsets only `charset=utf-8` is taken.',
        'An optional field of a body is left out; null is not taken for that.',
        `A body is nested at most ${maxJsonDepth} deep, has at most ${maxJsonNames} names, and none twice in one object.`,
      ].join(' '),
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
  });
}

function registerSchemes(registry: OpenAPIRegistry, basic: boolean): Record<string, string[]>[] {
  const schemes = { bearer: { bearerFormat: 'JWT' }, ...(basic && { basic: {} }) };
  return Object.entries(schemes).map(([scheme, details]) => {
    registry.registerComponent('securitySchemes', scheme, { type: 'http', scheme, ...details });
    return { [scheme]: [] };
  });
}

function register(registry: OpenAPIRegistry, route: Route, schemes: Record<string, string[]>[]): void {
  const { id, method, path, tag, summary, description, access, params, query, headers, body, answers } =
    route;
  const answered = Object.entries(answers).map(([status, answer]) => [status, answerResponse(answer)]);
  registry.registerPath({
    operationId: id,
    method,
    path,
    tags: [tag],
    summary,
    ...(description && { description }),
    security: access === 'user' ? schemes : [],
    request: {
      params,
      query,
      headers,
      ...(body && {
        body: { required: !mayBeAbsent(body), content: { 'application/json': { schema: body } } },
      }),
    },
    responses: { ...errorResponses(codesOf(route)), ...Object.fromEntries(answered) },
  });
}

function answerResponse({
  description,
  schema,
  mediaType = 'application/json',
  example,
  headers = {},
}: Answer): ResponseConfig {
  const described = Object.entries(headers).map(([name, says]) => [
    name,
    { description: says, schema: { type: 'string' } },
  ]);
  return {
    description,
    headers: Object.fromEntries(described),
    ...(schema && {
      content: { [mediaType]: { schema, ...(example !== undefined && { example }) } },
    }),
  };
}
