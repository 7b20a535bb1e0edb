import type { KeyObject } from 'node:crypto';
import { idSchema, NatterError } from '@natter/contracts';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import type { Caller } from './authenticate.ts';

/** Whom a token was issued to, and in which session. */
export interface TokenBearer extends Caller {
  readonly sessionId: string;
}

export interface TokenExpectations {
  issuer: string;
  audience: string;
}

/** By which clocks may differ. */
export const leewaySeconds = 5;

const maxLifetimeSeconds = 24 * 60 * 60;

// Strict, so that neither a critical extension (`crit`) nor a key that the token brings along (`jwk`) gets through.
const headerSchema = z.strictObject({ alg: z.literal('ES256'), typ: z.literal('at+jwt'), kid: z.string() });

const claimsSchema = z
  .object({
    sub: idSchema,
    username: z.string(),
    sid: idSchema,
    jti: z.string(),
    // RFC 8176. A token of an older users service has none, and shows no second factor then.
    amr: z.array(z.string()).default([]),
    iat: z.number(),
    exp: z.number(),
  })
  .refine(({ iat }) => iat <= Date.now() / 1_000 + leewaySeconds)
  .refine(({ iat, exp }) => exp - iat <= maxLifetimeSeconds);

/**
 * Whose access token (RFC 9068, ES256) this is. Whatever is wrong with it, the answer is the same `invalid_token`;
 * what `findKey` throws, where keys can't be had, goes through.
 */
export async function verifyAccessToken(
  token: string,
  findKey: (kid: string) => Promise<KeyObject | undefined>,
  expected: TokenExpectations,
): Promise<TokenBearer> {
  const kid = keyIdOf(token);
  const key = kid === undefined ? undefined : await findKey(kid);
  const claims = key && claimsOf(token, key, expected);
  if (!claims) throw new NatterError('invalid_token');
  const { sub: id, username, sid: sessionId, amr } = claims;
  return { id, username, sessionId, hasSecondFactor: amr.includes('mfa') };
}

function keyIdOf(token: string): string | undefined {
  try {
    return headerSchema.parse(jwt.decode(token, { complete: true })?.header).kid;
  } catch {
    return undefined;
  }
}

function claimsOf(token: string, key: KeyObject, { issuer, audience }: TokenExpectations) {
  try {
    const options = { algorithms: ['ES256' as const], issuer, audience, clockTolerance: leewaySeconds };
    return claimsSchema.parse(jwt.verify(token, key, options));
  } catch {
    return undefined;
  }
}
