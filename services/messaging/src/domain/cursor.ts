import { NatterError } from '@natter/contracts';

type CursorKind = 'blocks' | 'conversations' | 'members' | 'search';

/** Where a page of a list ended, for its owner only; opaque to clients. `position` holds no slash. */
export function encodeCursor(kind: CursorKind, ownerId: string, position: readonly string[]): string {
  return Buffer.from([kind, '1', ownerId, ...position].join('/')).toString('base64url');
}

/** @throws {NatterError} `cursor_invalid` for whatever `encodeCursor` does not make for this kind and owner. */
export function decodeCursor(kind: CursorKind, ownerId: string, cursor: string): string[] {
  const position = Buffer.from(cursor, 'base64url').toString().split('/').slice(3);
  // Decoding skips what it does not know; only what encodes to the same text was made here.
  if (position.length === 0 || encodeCursor(kind, ownerId, position) !== cursor) {
    throw new NatterError('cursor_invalid');
  }
  return position;
}

/** A number in a cursor's position. @throws {NatterError} `cursor_invalid`. */
export function numberIn(part: string | undefined): number {
  if (part === undefined || !/^\d{1,15}$/.test(part)) throw new NatterError('cursor_invalid');
  return Number(part);
}
