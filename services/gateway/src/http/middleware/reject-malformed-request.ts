import { type FieldFault, NatterError } from '@natter/contracts';
import type { Request, RequestHandler } from 'express';

/** What is wrong whatever route it would lead to. Node would answer some of this, with no body and no request id. */
export const rejectMalformedRequest: RequestHandler = (request, _response, next) => {
  const fault = faultIn(request);
  if (fault) throw new NatterError('validation_failed', { faults: [fault] });
  next();
};

function faultIn(request: Request): FieldFault | undefined {
  if (!isDecodable(request.path)) {
    return { pointer: '', message: 'Must be a URL whose path is percent-encoded UTF-8' };
  }
  // RFC 9112, 3.2.
  if (request.httpVersion === '1.1' && request.headersDistinct['host']?.length !== 1) {
    return { pointer: 'Host', message: 'Must be given once' };
  }
  if ((request.get('Expect') ?? '100-continue').toLowerCase() !== '100-continue') {
    return { pointer: 'Expect', message: 'Must be 100-continue' };
  }
  return undefined;
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
