import { NatterError } from '@natter/contracts';

/** Where a page ended; opaque to clients. */
export interface Cursor {
  encode(position: string): string;
  /** @throws {NatterError} `cursor_invalid` */
  decode(cursor: string): string;
}

/** @param prefix the kind and version of the cursor, so that those of another list, or of another time, are recognised. */
export function createCursor(prefix: string): Cursor {
  const encode = (position: string) => Buffer.from(prefix + position).toString('base64url');
  return {
    encode,
    decode: (cursor) => {
      const text = Buffer.from(cursor, 'base64url').toString();
      const position = text.slice(prefix.length);
      // Decoding skips what it does not know; only what encodes to the same text was made here.
      if (!text.startsWith(prefix) || position === '' || encode(position) !== cursor) {
        throw new NatterError('cursor_invalid');
      }
      return position;
    },
  };
}
