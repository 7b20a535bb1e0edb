import type { Request, Response } from 'express';

/**
 * Ends an answer with a body of JSON, or with none. Express' own `json` comes to the same, by way of settings, kinds of
 * bodies and encodings that there are none of here.
 */
export function sendJson(request: Request, response: Response, body: unknown): void {
  // What the client has is still right (RFC 9110, 13.1.2).
  if (request.fresh) response.statusCode = 304;
  if (body === undefined || response.statusCode === 304) {
    response.end();
    return;
  }
  const text = JSON.stringify(body);
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}
