import { Secret, TOTP } from 'otpauth';

const periodMs = 30_000;

/**
 * What an app that shows codes (RFC 6238) shows for a secret in base32: now, or 30 s later, which is taken already, too. Both
 * are taken for at least 30 s more.
 */
export function authenticatorCode(secret: string, { later = false } = {}): string {
  const timestamp = Date.now() + (later ? periodMs : 0);
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });
}
