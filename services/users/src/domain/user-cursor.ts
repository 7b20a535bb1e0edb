import { NatterError } from '@natter/contracts';

/** The kind and version of the cursor, so that those of another list, or of another time, are recognised. */
const prefix = 'users/1/';

/** Where a page of the directory ended; opaque to clients. */
export function encodeUserCursor(lastUsername: string): string {
  return Buffer.from(prefix + lastUsername).toString('base64url');
}

/** @throws {NatterError} `cursor_invalid` */
export function decodeUserCursor(cursor: string): string {
  const position = Buffer.from(cursor, 'base64url').toString();
  const username = position.slice(prefix.length);
  // Decoding skips what it does not know; only what encodes to the same text was made here.
  if (!position.startsWith(prefix) || username === '' || encodeUserCursor(username) !== cursor) {
    throw new NatterError('cursor_invalid');
  }
  return username;
}
