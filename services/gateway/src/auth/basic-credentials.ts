import { credentialsSchema } from '@natter/contracts';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The username and password of `Basic` (RFC 7617, UTF-8), split at the first colon; undefined where they can't be
 * anyone's. No username and no password has a NUL, so a NUL can stand between the two in a key.
 */
export function parseBasicCredentials(encoded: string): Credentials | undefined {
  const text = decode(encoded);
  const colon = text?.indexOf(':') ?? -1;
  if (text === undefined || colon < 0 || text.includes('\0')) return undefined;
  return credentialsSchema.safeParse({ username: text.slice(0, colon), password: text.slice(colon + 1) })
    .data;
}

function decode(encoded: string): string | undefined {
  try {
    return utf8.decode(Buffer.from(encoded, 'base64'));
  } catch {
    return undefined;
  }
}
