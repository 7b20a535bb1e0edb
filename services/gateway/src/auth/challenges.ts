import type { ErrorCode } from '@natter/contracts';

/**
 * What `WWW-Authenticate` offers with a 401, a line each (RFC 6750, RFC 7617). Where a code is wanted, Basic is not worth
 * another try.
 */
export function challengesFor(code: ErrorCode, options: { basic: boolean }): string[] {
  const bearer =
    code === 'invalid_token' ? 'Bearer realm="natter", error="invalid_token"' : 'Bearer realm="natter"';
  return options.basic && code !== 'second_factor_required'
    ? [bearer, 'Basic realm="natter", charset="UTF-8"']
    : [bearer];
}
