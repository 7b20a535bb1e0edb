import { createHash } from 'node:crypto';

/**
 * An id that follows from what it is made of, so that everybody who means the same thing has the same id. A UUID of
 * version 8 (RFC 9562, 5.8): the version whose bits are the maker's own.
 */
export function derivedId(from: string): string {
  const digest = createHash('sha256').update(from).digest('hex');
  const variant = ((Number.parseInt(digest.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
}
