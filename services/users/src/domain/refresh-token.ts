import { createHash, createHmac, randomBytes } from 'node:crypto';

/**
 * What a client gets to prove, again and again, that a session is its own. Opaque to it: 64 characters, of which the
 * first 128 bits say which session (the same in all its tokens), and 256 bits are new in each.
 *
 * Both parts are random and known to the client alone; hashes are kept, and since there is nothing to guess, fast ones.
 * The first part is why a token is recognised for ever as one of this session, however long ago it was used, without a
 * list of all that were: whoever knows the first part had a token, and one that is neither the current nor just used is
 * an old one in the wrong hands.
 */
export interface RefreshToken {
  readonly series: Buffer;
  readonly secret: Buffer;
}

const seriesBytes = 16;
const secretBytes = 32;

export function createRefreshToken(): RefreshToken {
  return { series: randomBytes(seriesBytes), secret: randomBytes(secretBytes) };
}

/** Random, so that a token alone does not tell what comes after it. */
export function createSalt(): string {
  return randomBytes(secretBytes).toString('base64url');
}

/**
 * The token that comes after this one: the same again for the same salt, so that a repeat can be given the same bytes,
 * although they are kept nowhere. It takes both the token and the salt to make it: who reads the database has no token,
 * and who finds an old token does not know the salt of its successor, let alone of the later ones.
 */
export function successorOf({ series, secret }: RefreshToken, salt: string): RefreshToken {
  return { series, secret: createHmac('sha256', secret).update(salt).digest() };
}

export function encodeRefreshToken({ series, secret }: RefreshToken): string {
  return Buffer.concat([series, secret]).toString('base64url');
}

/** Undefined for what can't be one. */
export function decodeRefreshToken(text: string): RefreshToken | undefined {
  if (!/^[\w-]{64}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  return { series: bytes.subarray(0, seriesBytes), secret: bytes.subarray(seriesBytes) };
}

/** As either part of a token is kept. */
export function hashOf(part: Buffer): string {
  return createHash('sha256').update(part).digest('base64url');
}
