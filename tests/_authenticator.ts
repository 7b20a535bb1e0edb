import { Secret, TOTP } from 'otpauth';

const period = 30;

/**
 * What an app shows for a secret: now, or a step of 30 s later, which is taken already, too. Both are good for at least
 * 30 s more.
 */
export function codeOf(secret: string, { later = false } = {}): string {
  const timestamp = Date.now() + (later ? period * 1_000 : 0);
  return new TOTP({ secret: Secret.fromBase32(secret), period }).generate({ timestamp });
}
