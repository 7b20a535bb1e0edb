import type { CallContext, Deadline } from '@natter/bus';
import { parseOrFail } from '@natter/contracts';
import type { Request } from 'express';
import { z } from 'zod';
import type { Route } from '../define-route.ts';
import { mayBeAbsent } from './may-be-absent.ts';
import { parseParameters } from './parse-parameters.ts';
import { parseQuery } from './parse-query.ts';
import { hasBody, readJsonBody } from './read-json-body.ts';

const nothing = z.object({});

/**
 * Makes what reads all that a route asks for, checked. The path comes first: what isn't there needs no valid body. What
 * the schemas say of the route is found out here, not at each request.
 */
export function inputReader({ params = nothing, query = nothing, headers = nothing, body }: Route) {
  const headerNames = Object.keys(headers.shape);
  const readBody = body && bodyReader(body);
  return async (request: Request, { deadline }: CallContext) => ({
    params: parseParameters(params, request.params),
    query: parseParameters(query, parseQuery(request.url)),
    headers: parseParameters(headers, headersOf(request, headerNames)),
    body: await readBody?.(request, deadline),
  });
}

function bodyReader(schema: z.ZodType) {
  const isOptional = mayBeAbsent(schema);
  return async (request: Request, deadline: Deadline) => {
    const isAbsent = isOptional && !hasBody(request);
    return parseOrFail(schema, isAbsent ? undefined : await readJsonBody(request, deadline));
  };
}

function headersOf(request: Request, names: readonly string[]): Record<string, string | undefined> {
  return Object.fromEntries(names.map((name) => [name, request.get(name)]));
}
