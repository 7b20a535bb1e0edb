import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { MIMEType } from 'node:util';
import type { Deadline } from '@natter/bus';
import { NatterError } from '@natter/contracts';
import { parseJson } from './parse-json.ts';

export const maxBodyBytes = 64 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The JSON (RFC 8259) in a request's body. Not `express.json`: that takes other encodings, passes over other media
 * types in silence, and answers a body that is too large only when all of it has come.
 */
export async function readJsonBody(request: IncomingMessage, deadline: Deadline): Promise<unknown> {
  if (!isPlainJson(request.headers)) throw new NatterError('unsupported_media_type');
  const bytes = isAtHand(request) ? bytesAtHand(request) : await readBytes(request, deadline);
  return parseJson(decode(bytes));
}

/** Whether a request comes with a body (RFC 9112, 6.3); an empty one counts as none. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function isPlainJson(headers: IncomingHttpHeaders): boolean {
  if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') return false;
  if (headers['content-type'] === 'application/json') return true;
  try {
    const { essence, params } = new MIMEType(headers['content-type'] ?? '');
    return essence === 'application/json' && (params.get('charset') ?? 'utf-8').toLowerCase() === 'utf-8';
  } catch {
    return false;
  }
}

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new NatterError('malformed_json');
  }
}

/**
 * A small body mostly comes with its headers, and then there is nothing to wait for. That the request is complete Node
 * says only later.
 */
function isAtHand({ complete, readableLength, headers }: IncomingMessage): boolean {
  return complete || readableLength === Number(headers['content-length']);
}

function bytesAtHand(request: IncomingMessage): Buffer {
  const bytes: Buffer = request.read() ?? Buffer.alloc(0);
  // On to its end, or Node would hold the request until the next one.
  request.resume();
  if (bytes.length > maxBodyBytes) throw new NatterError('content_too_large');
  return bytes;
}

/** What comes after an error flows on unread: cut off in the middle of sending, a client may never see the answer. */
function readBytes(request: IncomingMessage, deadline: Deadline): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const late = setTimeout(() => reject(new NatterError('request_timeout')), deadline.remainingMs());
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxBodyBytes) reject(new NatterError('content_too_large'));
    else chunks.push(chunk);
  });
  request.on('end', () => resolve(Buffer.concat(chunks)));
  request.on('close', () => {
    // Nobody is there any more to read this; it ends up in the log.
    if (!request.complete) reject(new NatterError('request_timeout'));
  });
  return promise.finally(() => clearTimeout(late));
}
