import { createCursor } from './cursor.ts';

const cursor = createCursor('users/1/');

/** Where a page of the directory ended; opaque to clients. */
export function encodeUserCursor(lastUsername: string): string {
  return cursor.encode(lastUsername);
}

/** @throws {NatterError} `cursor_invalid` */
export function decodeUserCursor(text: string): string {
  return cursor.decode(text);
}
