import { NatterError } from '@natter/contracts';
import type { Request } from 'express';
import { z } from 'zod';
import { parseParameters } from '../../http/input/parse-parameters.ts';
import { parseQuery } from '../../http/input/parse-query.ts';
import { isUpgrade } from '../../http/upgrade.ts';

/** What of a request for a WebSocket says who it is and where they have got to. */
export interface Handshake {
  readonly authorization: string | undefined;
  readonly after: string | undefined;
}

/** RFC 6455, 4.2.1. */
const headersSchema = z.object({
  'Sec-WebSocket-Key': z.string().regex(/^[+/0-9A-Za-z]{22}==$/, 'Must be 16 bytes in base64'),
  'Sec-WebSocket-Version': z.literal('13', 'Must be 13'),
});

const querySchema = z.object({ after: z.string().optional() });

/**
 * Reads a request for a WebSocket. Browsers let any page ask for one, with no leave of ours: it is for the server to
 * look where the page is from (RFC 6455, 10.2).
 *
 * @throws {NatterError} `validation_failed`, and `forbidden` for pages of other origins.
 */
export function readHandshake(request: Request, allowedOrigins: ReadonlySet<string>): Handshake {
  if (!isUpgrade(request))
    throw faultOf('Upgrade', 'Must be websocket, as Connection: Upgrade has to say, too');
  const origin = request.get('Origin');
  if (origin !== undefined && !allowedOrigins.has(origin)) throw new NatterError('forbidden');
  const headers = Object.keys(headersSchema.shape).map((name) => [name, request.get(name)]);
  parseParameters(headersSchema, Object.fromEntries(headers));
  const { after } = parseParameters(querySchema, parseQuery(request.url));
  const authorization = request.get('Authorization');
  if (after !== undefined && authorization === undefined)
    throw faultOf('after', 'Must come with the token: in the frame `auth` where that is there');
  return { authorization, after };
}

function faultOf(pointer: string, message: string): NatterError {
  return new NatterError('validation_failed', { faults: [{ pointer, message }] });
}
