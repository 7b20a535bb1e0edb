import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { NatterError, type Position } from '@natter/contracts';
import { decodePosition, encodePosition } from './position-bytes.ts';

const sealBytes = 16;

/**
 * A position as a cursor for one user, which every gateway can open: the position itself, so that nobody has to keep
 * it, and a code over it and the user (RFC 2104, cut as its section 5 allows) that only who has the key can make.
 */
export function sealPosition(key: KeyObject, userId: string, position: Position): string {
  const bytes = encodePosition(position);
  return Buffer.concat([bytes, sealOf(key, userId, bytes)]).toString('base64url');
}

/** @throws {NatterError} `cursor_invalid` for whatever `sealPosition` did not make for this user. */
export function openCursor(key: KeyObject, userId: string, cursor: string): Position {
  const sealed = Buffer.from(cursor, 'base64url');
  const bytes = sealed.subarray(0, -sealBytes);
  const seal = sealed.subarray(-sealBytes);
  // Decoding skips what it does not know; only what encodes to the same text was made here.
  const isMadeHere = seal.length === sealBytes && sealed.toString('base64url') === cursor;
  if (!isMadeHere || !timingSafeEqual(seal, sealOf(key, userId, bytes))) {
    throw new NatterError('cursor_invalid');
  }
  return decodePosition(bytes);
}

function sealOf(key: KeyObject, userId: string, bytes: Buffer): Buffer {
  // An id has no zero byte: where it ends is plain.
  return createHmac('sha256', key).update(`${userId}\0`).update(bytes).digest().subarray(0, sealBytes);
}
