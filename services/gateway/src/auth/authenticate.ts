import { NatterError } from '@natter/contracts';
import type { RequestContext } from '../http/request-context.ts';

/** Whom a request comes from. */
export interface Caller {
  readonly id: string;
  readonly username: string;
}

/** Says whose credentials of one scheme these are, or throws. */
export type Verify = (credentials: string, context: RequestContext) => Promise<Caller>;

export type Authenticate = (authorization: string | undefined, context: RequestContext) => Promise<Caller>;

/** Reads `Authorization` (RFC 9110, 11.6.2). Without `basic` that scheme counts as no credentials at all. */
export function createAuthenticate(schemes: { bearer: Verify; basic: Verify | undefined }): Authenticate {
  return async (authorization, context) => {
    const [, scheme = '', credentials = ''] = /^(\S+)(?: +(.*))?$/.exec(authorization ?? '') ?? [];
    const verify = { bearer: schemes.bearer, basic: schemes.basic }[scheme.toLowerCase()];
    if (!verify) throw new NatterError('unauthenticated');
    return verify(credentials, context);
  };
}
