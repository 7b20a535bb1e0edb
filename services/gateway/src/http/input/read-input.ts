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

/** All that a route asks for, checked. The path comes first: what isn't there needs no valid body. */
export async function readInput(route: Route, request: Request, { deadline }: CallContext) {
  const params = parseParameters(route.params ?? nothing, request.params);
  const query = parseParameters(route.query ?? nothing, parseQuery(request.url));
  const headers = parseParameters(route.headers ?? nothing, headersOf(request, route.headers ?? nothing));
  const body = route.body && parseOrFail(route.body, await readBody(route.body, request, deadline));
  return { params, query, headers, body };
}

async function readBody(schema: z.ZodType, request: Request, deadline: Deadline): Promise<unknown> {
  if (mayBeAbsent(schema) && !hasBody(request)) return undefined;
  return readJsonBody(request, deadline);
}

function headersOf(request: Request, schema: z.ZodObject): Record<string, string | undefined> {
  return Object.fromEntries(Object.keys(schema.shape).map((name) => [name, request.get(name)]));
}
