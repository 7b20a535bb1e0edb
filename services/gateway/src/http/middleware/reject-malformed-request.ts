import { type FieldFault, NatterError } from '@natter/contracts';
import type { Request } from 'express';
import type { Step } from '../receive.ts';

/** What is wrong whatever route it would lead to. Node would answer some of this, with no body and no request id. */
export const rejectMalformedRequest: Step = (request, response) => {
  const fault = faultIn(request);
  if (!fault) return;
  if (request.httpVersion !== '1.1') response.set('Connection', 'close');
  throw new NatterError('validation_failed', { faults: [fault] });
};

function faultIn(request: Request): FieldFault | undefined {
  if (!isDecodable(request.path)) {
    return { pointer: '', message: 'Must be a URL whose path is percent-encoded UTF-8' };
  }
  if (request.httpVersionMajor !== 1) return { pointer: '', message: 'Must be HTTP/1.1 or HTTP/1.0' };
  // RFC 9112, 3.2.
  if (request.httpVersion === '1.1' && hostsIn(request) !== 1) {
    return { pointer: 'Host', message: 'Must be given once' };
  }
  // RFC 9112, 6.1: who sends it does not know what it means, and the next on the way may not either.
  if (request.httpVersion !== '1.1' && request.get('Transfer-Encoding') !== undefined) {
    return { pointer: 'Transfer-Encoding', message: 'Must come with HTTP/1.1' };
  }
  if ((request.get('Expect') ?? '100-continue').toLowerCase() !== '100-continue') {
    return { pointer: 'Expect', message: 'Must be 100-continue' };
  }
  return undefined;
}

/** Counted as they came: `headers` has but one of them, and `headersDistinct` is a second copy of them all. */
function hostsIn({ rawHeaders }: Request): number {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) if (rawHeaders[at]?.toLowerCase() === 'host') hosts += 1;
  return hosts;
}

function isDecodable(path: string): boolean {
  if (!path.includes('%')) return true;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
