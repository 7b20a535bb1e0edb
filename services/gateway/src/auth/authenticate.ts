import { NatterError } from '@natter/contracts';
import type { RequestContext } from '../http/request-context.ts';

/** Whom a request comes from. */
export interface Caller {
  readonly id: string;
  readonly username: string;
  /** Absent where the credentials are a password. */
  readonly sessionId?: string;
  /** Whether they have proved a second factor. */
  readonly hasSecondFactor?: boolean;
}

/** Says whose credentials of one scheme these are, or throws. */
export type Verify = (credentials: string, context: RequestContext) => Promise<Caller>;

interface AuthenticateOptions {
  /** Whether what is asked for is open to a session without the second factor that this server may require. */
  beforeSecondFactor?: boolean | undefined;
}

export type Authenticate = (
  authorization: string | undefined,
  context: RequestContext,
  options?: AuthenticateOptions,
) => Promise<Caller>;

/** Reads `Authorization` (RFC 9110, 11.6.2). Without `basic` that scheme counts as no credentials at all. */
export function createAuthenticate(schemes: { bearer: Verify; basic: Verify | undefined }): Authenticate {
  // Not an object: a scheme named `constructor` is to find nothing.
  const verifiers = new Map(Object.entries(schemes));
  return async (authorization, context) => {
    const [, scheme = '', credentials = ''] = /^(\S+)(?: +(.*))?$/.exec(authorization ?? '') ?? [];
    const verify = verifiers.get(scheme.toLowerCase());
    if (!verify) throw new NatterError('unauthenticated');
    return verify(credentials, context);
  };
}
